/// What one caller may do at once, so that none uses up what all share.
public struct CallerBounds: Hashable, Sendable {
    public let rate: Rate
    /// Calls that may come at once after a quiet time.
    public let burst: Int
    /// Calls that may be under way together.
    public let concurrency: Int

    public init(rate: Rate, burst: Int, concurrency: Int) {
        self.rate = rate
        self.burst = burst
        self.concurrency = concurrency
    }
}
