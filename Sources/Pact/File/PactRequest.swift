/// A request that a consumer makes, or one that came.
package struct PactRequest: Sendable {
    package var method: String
    /// Decoded as little as it is in the file.
    package var path: String
    package var query: PactValues
    package var content: PactContent

    package init(method: String, path: String, query: PactValues = PactValues(), content: PactContent = PactContent()) {
        self.method = method
        self.path = path
        self.query = query
        self.content = content
    }

    package var rules: PactRuleBook { content.rules }
}
