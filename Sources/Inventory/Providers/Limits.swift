/// What a provider, or one of its operations, lets us do; calls beyond it are held and paced.
public struct Limits: Hashable, Sendable {
    public let rate: Rate?
    /// Calls that may leave at once after a quiet time; the rate's count when not given.
    public let burst: Int?
    /// Calls that may be in flight together.
    public let concurrency: Int?
    /// Calls that may wait for a place when all are taken; further ones are refused. Of the provider alone.
    public let queue: Int
    /// Calls in one day.
    public let daily: Int?
    /// Where the provider's days begin. Of the provider alone.
    public let zone: ZoneOffset
    /// The longest time that the provider's own words (`Retry-After`, nothing left until a reset) may keep all its calls
    /// back. Of the provider alone.
    public let hold: Duration

    public static let standardConcurrency = 256
    public static let standardQueue = 1000
    public static let standardHold = Duration.seconds(3600)

    public init(
        rate: Rate? = nil, burst: Int? = nil, concurrency: Int? = nil, queue: Int = Limits.standardQueue,
        daily: Int? = nil, zone: ZoneOffset = .utc, hold: Duration = Limits.standardHold
    ) {
        self.rate = rate
        self.burst = burst
        self.concurrency = concurrency
        self.queue = queue
        self.daily = daily
        self.zone = zone
        self.hold = hold
    }
}
