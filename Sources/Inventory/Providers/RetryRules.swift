/// When and how often a call is tried again.
public struct RetryRules: Hashable, Sendable {
    /// All tries, the first included.
    public let attempts: Int
    /// The wait before the second try; it doubles from there.
    public let base: Duration
    /// The longest wait between two tries that the provider did not ask for.
    public let max: Duration
    /// The answers that are worth another try.
    public let statuses: Set<Int>
    public let budget: RetryBudgetRules
    /// Nil: no read is ever asked for twice at once.
    public let hedge: HedgeRules?

    public static let standardStatuses: Set<Int> = [429, 502, 503, 504]

    public init(
        attempts: Int = 3, base: Duration = .milliseconds(200), max: Duration = .seconds(10),
        statuses: Set<Int> = RetryRules.standardStatuses, budget: RetryBudgetRules = RetryBudgetRules(),
        hedge: HedgeRules? = nil
    ) {
        self.attempts = attempts
        self.base = base
        self.max = max
        self.statuses = statuses
        self.budget = budget
        self.hedge = hedge
    }
}
