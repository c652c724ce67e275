/// One step of a recipe.
///
/// Expressions and texts are kept as they were written, with their `${...}`; loading has checked that `forEach`, `when`,
/// a table's `rows` and a render's `data` are exactly one such expression.
public struct RecipeStep: Sendable {
    /// What a step does.
    public enum Kind: Hashable, Sendable {
        /// Calls an operation; `with` is `{"path": {}, "query": {}, "headers": {}, "body": ...}` with `${...}` in its
        /// strings.
        case call(provider: String, operation: String, with: JSONSource?)
        /// Runs a jq program over `{input, steps, task}`.
        case transform(program: String)
        /// Writes rows to a CSV file.
        case table(file: String, rows: String, columns: [TableColumn])
        /// Fills a Mustache template; `template` is relative to the `footing/` folder.
        case render(template: String, file: String, data: String)
        case wait(Duration)
    }

    public let name: String
    public let title: String
    public let kind: Kind
    /// The expression of the array whose items the step is done for.
    public let forEach: String?
    /// The text that names one item in the timeline.
    public let label: String?
    /// How many items are worked on together.
    public let concurrency: Int
    /// The expression that must be neither false nor null, or the step is skipped.
    public let when: String?
    public let line: Int

    public init(
        name: String, title: String? = nil, kind: Kind, forEach: String? = nil, label: String? = nil,
        concurrency: Int = 1, when: String? = nil, line: Int = 0
    ) {
        self.name = name
        self.title = title ?? name
        self.kind = kind
        self.forEach = forEach
        self.label = label
        self.concurrency = concurrency
        self.when = when
        self.line = line
    }
}

extension RecipeStep.Kind {
    /// The kind's word in recipes and in answers: `call`, `transform`, `table`, `render` or `wait`.
    public var word: String {
        switch self {
        case .call: "call"
        case .transform: "transform"
        case .table: "table"
        case .render: "render"
        case .wait: "wait"
        }
    }
}
