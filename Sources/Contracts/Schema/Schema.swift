/// A compiled JSON Schema.
///
/// A schema is compiled once, when a project is loaded, to flat tables; a small evaluator runs them over a tape.
/// `check` is for event loops: it reads and judges bytes without allocating. `validate` is for explaining and finds all
/// faults. References lead to the schema's own parts, to `remotes`, and to the drafts' meta-schemas; nothing is ever
/// fetched.
public struct Schema: Sendable {
    /// What was compiled.
    public let json: JSONValue
    let program: SchemaProgram

    /// Whether any part of it says `x-personal: true`.
    public var marksPersonal: Bool { program.marksPersonal }

    /// `base` is the URI the schema was read from; `remotes` are other schemas by their URIs.
    public static func compile(
        _ json: JSONValue, base: String = "", remotes: [String: JSONValue] = [:], options: SchemaOptions = .default
    ) throws(SchemaError) -> Schema {
        var compiler = SchemaCompiler(remotes: remotes, options: options)
        return Schema(json: json, program: try compiler.compile(json, base: base))
    }

    /// Reads the bytes and judges them; what was read stays in the scratch until it reads the next text.
    ///
    /// Nothing is allocated for a valid payload once the scratch has grown to the size of the payloads. When the
    /// verdict is bad, `JSONDocument.parse` says why it is no JSON, and `validate` what is wrong.
    public func check(
        _ bytes: UnsafeRawBufferPointer, with scratch: JSONScratch, limits: JSONLimits = .default
    ) -> SchemaVerdict {
        guard scratch.reads(bytes, limits: limits) else { return .notJSON }
        return withExtendedLifetime(program) {
            var evaluator = SchemaEvaluator(program: program, tape: scratch.tape, workspace: scratch.workspace)
            evaluator.isNoting = true
            guard evaluator.run() else { return .invalid }
            return evaluator.undeclared == 0 ? .valid : .undeclared
        }
    }

    /// Whether the document is valid; without allocating once the scratch has grown.
    public func accepts(_ document: JSONDocument, with scratch: JSONScratch) -> Bool {
        withExtendedLifetime((self, document)) {
            var evaluator = SchemaEvaluator(program: program, tape: document.tape, workspace: scratch.workspace)
            return evaluator.run()
        }
    }

    /// Everything wrong with the document, in the order it stands there; empty when it is valid.
    public func validate(_ document: JSONDocument) -> [Violation] {
        evaluate(document) { evaluator in
            evaluator.isCollecting = true
            return evaluator.run() ? [] : evaluator.violations
        }
    }

    public func validate(_ value: JSONValue) -> [Violation] {
        validate(JSONDocument(value))
    }

    /// Whether the document is valid.
    public func accepts(_ document: JSONDocument) -> Bool {
        evaluate(document) { $0.run() }
    }

    public func accepts(_ value: JSONValue) -> Bool {
        accepts(JSONDocument(value))
    }

    func evaluate<Outcome>(_ document: JSONDocument, _ body: (inout SchemaEvaluator) -> Outcome) -> Outcome {
        withExtendedLifetime((self, document)) {
            var evaluator = SchemaEvaluator(program: program, tape: document.tape, workspace: SchemaWorkspace())
            return body(&evaluator)
        }
    }
}
