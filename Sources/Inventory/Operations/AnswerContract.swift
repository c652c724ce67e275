/// The contract of answers with one status, or of a class of them.
public struct AnswerContract: Sendable {
    /// `404`, `4xx` or `default`.
    public let status: String
    /// The JSON Schema of the body.
    public let schema: JSONSource

    public init(status: String, schema: JSONSource) {
        self.status = status
        self.schema = schema
    }
}
