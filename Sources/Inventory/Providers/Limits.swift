/// What a provider lets us do at once; calls beyond it are held and paced.
public struct Limits: Hashable, Sendable {
    public let rate: Rate?
    /// Calls that may leave at once after a quiet time; the rate's count when not given.
    public let burst: Int?
    /// Calls that may be in flight together.
    public let concurrency: Int?

    public init(rate: Rate? = nil, burst: Int? = nil, concurrency: Int? = nil) {
        self.rate = rate
        self.burst = burst
        self.concurrency = concurrency
    }
}
