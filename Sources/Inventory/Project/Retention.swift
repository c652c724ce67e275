/// How long what happened is kept.
public struct Retention: Hashable, Sendable {
    /// Rows of the ledger, with their details.
    public let calls: Duration
    /// Counts of calls and costs, by the hour and day.
    public let counts: Duration

    public static let standardCalls = Duration.seconds(30 * 86_400)
    public static let standardCounts = Duration.seconds(400 * 86_400)

    public init(calls: Duration = Retention.standardCalls, counts: Duration = Retention.standardCounts) {
        self.calls = calls
        self.counts = counts
    }
}
