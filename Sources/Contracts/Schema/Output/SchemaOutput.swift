extension Schema {
    /// The forms in which drafts 2019-09 and 2020-12 (section 12) let a validator answer.
    public enum OutputFormat: String, Sendable, Hashable, CaseIterable {
        /// Only whether the document is valid.
        case flag
        /// A flat list: errors, or the annotations of a valid document.
        case basic
        /// Follows the structure of the schema, folded where only one thing was said.
        case detailed
        /// Follows the structure of the schema, with everything that was looked at.
        case verbose
    }

    /// The outcome in one of the standard forms, for those who work with other validators' answers too; `validate` tells a
    /// person more.
    ///
    /// Locations in the schema are absolute against `json-schema:///` where the schema has no identifier.
    public func output(_ document: JSONDocument, format: OutputFormat) -> JSONValue {
        if format == .flag { return ["valid": .bool(accepts(document))] }
        let unit = evaluate(document) { evaluator in
            var reporter = SchemaReporter(evaluator: evaluator)
            return reporter.run()
        }
        switch format {
        case .flag, .basic: return unit.list
        case .detailed: return unit.folded.tree
        case .verbose: return unit.tree
        }
    }

    public func output(_ value: JSONValue, format: OutputFormat) -> JSONValue {
        output(JSONDocument(value), format: format)
    }
}
