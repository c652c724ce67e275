import Inventory

/// A rate with a burst as two lengths of time, so that one number per limited thing is all the state there is
/// (the generic cell rate algorithm).
///
/// That number is the time at which the bucket is full again, in nanoseconds of uptime; zero is full.
struct Pace: Sendable, Hashable {
    /// Between two requests, nanoseconds; rounded up, so that the rate is never exceeded.
    let interval: Int64
    /// How far ahead the bucket may be drawn before a request has to wait.
    let tolerance: Int64
    let burst: Int

    /// - Parameter per: the time in which `count` requests are allowed.
    init(count: Int, per: Duration, burst: Int) {
        let count = Int64(max(count, 1))
        let per = max(per.nanoseconds, 1)
        interval = (per - 1) / count + 1
        self.burst = max(burst, 1)
        let (product, overflow) = interval.multipliedReportingOverflow(by: Int64(self.burst - 1))
        tolerance = overflow ? Self.longest : min(product, Self.longest)
    }

    init(_ rate: Rate, burst: Int?) {
        self.init(count: rate.count, per: rate.per, burst: burst ?? rate.count)
    }

    /// Nanoseconds that a request must wait which comes when the bucket will be full at `fullAt`.
    @inline(__always)
    func wait(_ fullAt: Int64, at now: Int64) -> Int64 {
        max(0, fullAt - now - tolerance)
    }

    /// The state after one request more.
    @inline(__always)
    func drawn(_ fullAt: Int64, at now: Int64) -> Int64 {
        min(max(fullAt, now) + interval, Self.latest)
    }

    /// Requests that could come at once.
    func remaining(_ fullAt: Int64, at now: Int64) -> Int {
        let missing = max(0, fullAt - now)
        guard missing <= tolerance else { return 0 }
        return min(burst, Int((tolerance - missing) / interval) + 1)
    }

    /// Nanoseconds in which an empty bucket becomes full.
    var window: Int64 { min(tolerance + interval, Self.longest) }

    static let longest = Int64(1) << 58
    static let latest = Int64(1) << 61
}
