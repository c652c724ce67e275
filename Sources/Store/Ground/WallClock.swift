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
    /// Suspends for `duration`; throws `CancellationError` when the task is cancelled.
    func sleep(for duration: Duration) async throws
}

/// The clock of the machine.
package struct SystemClock: WallClock {
    package init() {}

    package func now() -> Timestamp {
        Timestamp(milliseconds: Int64(Self.read(CLOCK_REALTIME).wholeMilliseconds))
    }

    package func uptime() -> Duration {
        Self.read(CLOCK_MONOTONIC)
    }

    package func sleep(for duration: Duration) async throws {
        try await Task.sleep(for: duration, clock: .continuous)
    }

    private static func read(_ clock: clockid_t) -> Duration {
        var value = timespec()
        clock_gettime(clock, &value)
        return .seconds(Int64(value.tv_sec)) + .nanoseconds(Int64(value.tv_nsec))
    }
}
