/// What calls are counted by.
package struct TallyKey: Sendable, Hashable {
    package let provider: String
    package let operation: String
    package let outcome: CallRecord.Outcome
    /// Who failed: `caller`, `footing`, `provider`; nil when answered.
    package let who: String?

    package init(provider: String, operation: String, outcome: CallRecord.Outcome, who: String?) {
        self.provider = provider
        self.operation = operation
        self.outcome = outcome
        self.who = who
    }
}
