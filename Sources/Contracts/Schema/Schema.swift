/// A compiled JSON Schema (draft 2020-12).
///
/// A schema is compiled once, when a project is loaded, to flat lists of nodes and steps; a small evaluator runs them
/// over a document's tape. `accepts` stops at the first fault; `validate` is for explaining and finds them all.
/// References lead to the schema's own parts, to `remotes`, and to the draft's meta-schema; nothing is ever fetched.
public struct Schema: Sendable {
    /// What was compiled.
    public let json: JSONValue
    let program: SchemaProgram

    /// `base` is the URI the schema was read from; `remotes` are other schemas by their URIs.
    public static func compile(
        _ json: JSONValue, base: String = "", remotes: [String: JSONValue] = [:], options: SchemaOptions = .default
    ) throws(SchemaError) -> Schema {
        var compiler = SchemaCompiler(remotes: remotes, options: options)
        return Schema(json: json, program: try compiler.compile(json, base: base))
    }

    /// Everything wrong with the document, in the order it stands there; empty when it is valid.
    public func validate(_ document: JSONDocument) -> [Violation] {
        var evaluator = SchemaEvaluator(program: program, document: document, isCollecting: true)
        return evaluator.run() ? [] : evaluator.violations
    }

    public func validate(_ value: JSONValue) -> [Violation] {
        validate(JSONDocument(value))
    }

    /// Whether the document is valid.
    public func accepts(_ document: JSONDocument) -> Bool {
        var evaluator = SchemaEvaluator(program: program, document: document, isCollecting: false)
        return evaluator.run()
    }

    public func accepts(_ value: JSONValue) -> Bool {
        accepts(JSONDocument(value))
    }
}
