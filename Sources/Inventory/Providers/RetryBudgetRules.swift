/// How much load retries may add to a provider that is in trouble already.
public struct RetryBudgetRules: Hashable, Sendable {
    /// Retries per recent call, 0 to 1.
    public let share: Double
    /// Retries that are allowed however few calls there are.
    public let atLeast: Rate

    public init(share: Double = 0.2, atLeast: Rate = Rate(count: 10, per: .seconds(1))) {
        self.share = share
        self.atLeast = atLeast
    }
}
