/// A call of an operation that works, as the inventory declares it.
public struct DeclaredExample: Hashable, Sendable {
    /// Unique in its operation; `example` for the one that is declared in the short form.
    public let name: String
    /// `{"path": {}, "query": {}, "body": ...}`.
    public let input: JSONSource

    public init(name: String, input: JSONSource) {
        self.name = name
        self.input = input
    }
}
