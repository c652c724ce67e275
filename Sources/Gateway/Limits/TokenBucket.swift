package import Inventory

/// A rate limit with a burst: tells how long to wait instead of refusing.
///
/// A pure value; reservations are taken in order, so later callers wait longer.
package struct TokenBucket: Sendable {
    private let pace: Pace
    /// Nanoseconds of uptime at which the bucket is full again.
    private var fullAt: Int64 = 0

    /// - Parameter per: the time in which `count` requests are allowed.
    package init(count: Int, per: Duration, burst: Int) {
        pace = Pace(count: count, per: per, burst: burst)
    }

    /// - Parameter burst: the rate's count when not given.
    package init(_ rate: Rate, burst: Int?) {
        pace = Pace(rate, burst: burst)
    }

    /// How long a request that comes now would wait.
    package func wait(at now: Moment) -> Duration {
        .nanoseconds(wait(nanoseconds: now.nanoseconds))
    }

    /// How long a request that comes now must wait; takes its place.
    package mutating func reserve(at now: Moment) -> Duration {
        .nanoseconds(reserve(nanoseconds: now.nanoseconds))
    }

    func wait(nanoseconds now: Int64) -> Int64 {
        pace.wait(fullAt, at: now)
    }

    @discardableResult
    mutating func reserve(nanoseconds now: Int64) -> Int64 {
        let wait = pace.wait(fullAt, at: now)
        fullAt = pace.drawn(fullAt, at: now)
        return wait
    }

    /// Gives a reservation back that was not used.
    mutating func giveBack() {
        fullAt = max(0, fullAt - pace.interval)
    }

    /// Whether it limits to the same as another, whatever was taken from either.
    func isAlike(_ other: TokenBucket) -> Bool {
        pace == other.pace
    }
}
