/// The answer that a consumer needs, or one that came.
package struct PactResponse: Sendable {
    package var status: Int
    package var content: PactContent

    package init(status: Int, content: PactContent = PactContent()) {
        self.status = status
        self.content = content
    }

    package var rules: PactRuleBook { content.rules }
}
