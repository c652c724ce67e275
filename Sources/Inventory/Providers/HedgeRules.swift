/// When a read that is slow to be answered is asked for a second time, beside the first.
public struct HedgeRules: Hashable, Sendable {
    /// How long the first try may take before the second one starts.
    public let after: Duration
    /// The share of calls, above 0 and up to 1, that may have a second one.
    public let atMost: Double

    public static let standardShare = 0.05

    public init(after: Duration, atMost: Double = HedgeRules.standardShare) {
        self.after = after
        self.atMost = atMost
    }
}
