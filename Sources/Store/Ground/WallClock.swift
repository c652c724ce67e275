#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where time comes from: passed to everything that reads a clock or waits, so that tests never sleep.
package protocol WallClock: Sendable {
    /// The wall-clock time; may jump.
    func now() -> Timestamp
    /// Time since an arbitrary start that never jumps; for measuring.
    func uptime() -> Duration
    /// `uptime` in nanoseconds, for where it is asked for often.
    func uptimeNanoseconds() -> Int64
    /// Suspends for `duration`; throws `CancellationError` when the task is cancelled.
    func sleep(for duration: Duration) async throws
}

extension WallClock {
    package func uptimeNanoseconds() -> Int64 {
        let (seconds, attoseconds) = uptime().components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}

/// The clock of the machine.
package struct SystemClock: WallClock {
    package init() {}

    package func now() -> Timestamp {
        let value = Self.read(CLOCK_REALTIME)
        return Timestamp(milliseconds: Int64(value.tv_sec) * 1000 + Int64(value.tv_nsec) / 1_000_000)
    }

    package func uptime() -> Duration {
        .nanoseconds(uptimeNanoseconds())
    }

    package func uptimeNanoseconds() -> Int64 {
        let value = Self.read(CLOCK_MONOTONIC)
        return Int64(value.tv_sec) * 1_000_000_000 + Int64(value.tv_nsec)
    }

    package func sleep(for duration: Duration) async throws {
        try await Task.sleep(for: duration, clock: .continuous)
    }

    private static func read(_ clock: clockid_t) -> timespec {
        var value = timespec()
        clock_gettime(clock, &value)
        return value
    }
}
