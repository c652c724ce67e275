/// Reads and checks texts with `${...}` in them.
struct ExpressionReader {
    private static let expected = "exactly one expression such as \"${ .steps.ranking }\""

    /// Text that may hold expressions.
    func text(_ key: String, in reader: MapReader, required: Bool = false) -> String? {
        let text = reader.text(key, required: required)
        if let text, let field = reader.value(key) { check(text, field) }
        return text
    }

    /// Text that is exactly one expression.
    func expression(_ key: String, in reader: MapReader, required: Bool = false) -> String? {
        guard let field = reader.value(key, required: required ? Self.expected : nil) else { return nil }
        guard let text = field.node.text else {
            field.wrong(expected: Self.expected)
            return nil
        }
        guard let parsed = check(text, field) else { return nil }
        if parsed.single == nil { field.wrong(expected: Self.expected) }
        return text
    }

    /// The parts of a text, or nil when its `${` and `}` do not fit together, which is reported.
    @discardableResult
    func check(_ text: String, _ field: Field) -> ExpressionText? {
        do {
            return try ExpressionText(text)
        } catch {
            switch error {
            case .unbalanced: field.error("a \"${\" in \(field.label) has no \"}\"")
            case .empty: field.error("there is nothing between \"${\" and \"}\" in \(field.label)")
            }
            return nil
        }
    }

    /// Checks every text inside a value.
    func checkAll(_ field: Field) {
        field.node.eachText { text, node, path in
            let inner = Field(
                node: node, file: field.file, path: field.path + path, place: field.place,
                label: path.isEmpty ? field.label : "\"\(path.dropFirst())\"", owner: field.owner,
                collector: field.collector)
            check(text, inner)
        }
    }
}
