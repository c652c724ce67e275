package import Store
import Synchronization

/// A clock that stands still until a test moves it; sleepers wake only by `advance(by:)`.
package final class ManualClock: WallClock {
    private struct Sleeper {
        let wakesAt: Duration
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var elapsed: Duration = .zero
        var nextSleeper = 0
        var sleepers: [Int: Sleeper] = [:]
        /// Sleepers cancelled before they had begun to sleep.
        var cancelled: Set<Int> = []
        var waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let start: Timestamp
    private let state = Mutex(State())

    /// 2026-11-24T12:00:00Z unless told otherwise.
    package init(start: Timestamp = Timestamp(milliseconds: 1_795_521_600_000)) {
        self.start = start
    }

    package func now() -> Timestamp {
        start + uptime()
    }

    package func uptime() -> Duration {
        state.withLock { $0.elapsed }
    }

    package func sleep(for duration: Duration) async throws {
        guard duration > .zero else { return try Task.checkCancellation() }
        let id = state.withLock { state in
            state.nextSleeper += 1
            return state.nextSleeper
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                add(id, duration, continuation)
            }
        } onCancel: {
            cancel(id)
        }
    }

    /// Moves the time on and wakes every sleeper whose moment has come, the earliest first.
    package func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.elapsed += duration
            let due = state.sleepers.filter { $0.value.wakesAt <= state.elapsed }
            for id in due.keys { state.sleepers[id] = nil }
            return due.sorted { ($0.value.wakesAt, $0.key) < ($1.value.wakesAt, $1.key) }.map(\.value)
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// Returns once at least `count` tasks sleep on this clock.
    package func waitForSleepers(_ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let reached = state.withLock { state in
                guard state.sleepers.count < count else { return true }
                state.waiters.append((count, continuation))
                return false
            }
            if reached { continuation.resume() }
        }
    }

    /// How long the next sleeper still sleeps; nil when nobody does.
    package var nextWake: Duration? {
        state.withLock { state in
            state.sleepers.values.map { $0.wakesAt - state.elapsed }.min()
        }
    }

    private func add(_ id: Int, _ duration: Duration, _ continuation: CheckedContinuation<Void, any Error>) {
        let (cancelled, reached) = state.withLock { state in
            if state.cancelled.remove(id) != nil { return (true, [CheckedContinuation<Void, Never>]()) }
            state.sleepers[id] = Sleeper(wakesAt: state.elapsed + duration, continuation: continuation)
            let count = state.sleepers.count
            let reached = state.waiters.filter { $0.count <= count }.map(\.continuation)
            state.waiters.removeAll { $0.count <= count }
            return (false, reached)
        }
        if cancelled { continuation.resume(throwing: CancellationError()) }
        for waiter in reached { waiter.resume() }
    }

    private func cancel(_ id: Int) {
        let sleeper = state.withLock { state in
            if let sleeper = state.sleepers.removeValue(forKey: id) { return Optional(sleeper) }
            state.cancelled.insert(id)
            return nil
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }
}
