/// The JSON Schemas that a call's input must meet before anything is sent.
public struct RequestContract: Hashable, Sendable {
    /// For the object of query parameters.
    public let query: JSONSource?
    /// For the object of path parameters.
    public let path: JSONSource?
    public let body: JSONSource?

    public init(query: JSONSource? = nil, path: JSONSource? = nil, body: JSONSource? = nil) {
        self.query = query
        self.path = path
        self.body = body
    }
}
