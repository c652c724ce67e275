/// All rules of a request, an answer or a message.
package struct PactRuleBook: Sendable {
    var path = PactRuleList()
    var status = PactRuleList()
    var headers = PactRules()
    var query = PactRules()
    var body = PactRules()
    var metadata = PactRules()

    package init() {}

    /// What about the rules is not understood, each with its place.
    package internal(set) var unknown: [PactError] = []
}
