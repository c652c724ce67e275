package import NIOCore

/// Waits on an event loop; passed in, so that tests move time on themselves.
package protocol Timers: Sendable {
    /// Runs the work on the loop once the delay is over, unless cancelled. Called on the loop.
    func schedule(_ delay: Duration, on loop: any EventLoop, _ work: @escaping () -> Void) -> any Timer
}

package protocol Timer {
    func cancel()
}

/// The event loop's own timers.
package struct LoopTimers: Timers {
    package init() {}

    package func schedule(_ delay: Duration, on loop: any EventLoop, _ work: @escaping () -> Void) -> any Timer {
        LoopTimer(
            scheduled: loop.assumeIsolated().scheduleTask(in: delay.timeAmount) { work() })
    }

    private struct LoopTimer: Timer {
        let scheduled: Scheduled<Void>

        func cancel() { scheduled.cancel() }
    }
}
