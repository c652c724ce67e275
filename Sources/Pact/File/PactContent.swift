/// What requests, answers and messages have in common: fields, a content, and the rules for both.
package struct PactContent: Sendable {
    package var headers: PactValues
    package var body: PactBody
    package var rules: PactRuleBook
    package var generators: PactGenerators

    package init(
        headers: PactValues = PactValues(), body: PactBody = .missing, rules: PactRuleBook = PactRuleBook(),
        generators: PactGenerators = PactGenerators()
    ) {
        self.headers = headers
        self.body = body
        self.rules = rules
        self.generators = generators
    }

    /// The content's type as it is said: with the content, or in the field; nil where nothing is said.
    package var type: MediaType? {
        body.type ?? headers.contentType
    }
}

extension PactValues {
    var contentType: MediaType? {
        values(of: "content-type", ignoringCase: true)?.first.flatMap { MediaType($0) }
    }
}
