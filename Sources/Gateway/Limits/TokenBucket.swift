import Store

/// A rate limit with a burst: tells how long to wait instead of refusing.
///
/// A pure value; reservations are taken in order, so later callers wait longer.
package struct TokenBucket: Sendable {
    private let interval: Double
    private let burst: Double
    /// Milliseconds of uptime at which the bucket would be full again.
    private var fullAt: Double = 0

    /// - Parameter per: the time in which `count` requests are allowed.
    package init(count: Int, per: Duration, burst: Int) {
        self.interval = per.milliseconds / Double(max(count, 1))
        self.burst = Double(max(burst, 1))
    }

    /// How long a request that arrives now must wait; takes its place in the queue.
    package mutating func reserve(at uptime: Duration) -> Duration {
        let now = uptime.milliseconds
        let wait = wait(at: now)
        fullAt = max(fullAt, now) + interval
        return .milliseconds(wait)
    }

    /// How long a request that arrives now would wait.
    package func delay(at uptime: Duration) -> Duration {
        .milliseconds(wait(at: uptime.milliseconds))
    }

    /// Gives a reservation back that was not used.
    package mutating func giveBack() {
        fullAt -= interval
    }

    private func wait(at now: Double) -> Double {
        max(0, max(fullAt, now) + interval - now - burst * interval)
    }
}
