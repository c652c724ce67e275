package import Store

/// One moment on both clocks: uptime, by which waits are measured, and the time of day, by which quotas and dates are.
///
/// Made once per event and handed to everything that the event touches.
package struct Moment: Sendable, Hashable {
    /// Nanoseconds of uptime.
    package let nanoseconds: Int64
    package let wall: Timestamp

    package init(nanoseconds: Int64, wall: Timestamp) {
        self.nanoseconds = min(max(nanoseconds, 0), Self.latest)
        self.wall = wall
    }

    package init(uptime: Duration, wall: Timestamp) {
        self.init(nanoseconds: uptime.nanoseconds, wall: wall)
    }

    package init(_ clock: any WallClock) {
        self.init(nanoseconds: clock.uptimeNanoseconds(), wall: clock.now())
    }

    /// 36 years of uptime: far enough from the end of the numbers for sums to be safe.
    private static let latest = Int64(1) << 60
}

extension Duration {
    /// Whole nanoseconds, rounded down; nothing below zero and nothing above nine years.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        guard seconds < Self.longest / 1_000_000_000 else { return Self.longest }
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    private static let longest = Int64(1) << 58
}
