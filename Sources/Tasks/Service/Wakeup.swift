import Synchronization

/// A bell: whoever waits goes on once it was rung, however often, and whether before or after the wait began.
final class Wakeup: Sendable {
    private struct State {
        var isRung = false
        var next = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// Lets one wait go on: those that wait now, or else the next one.
    func ring() {
        let waiting = state.withLock { state in
            let waiting = state.waiting
            state.waiting = [:]
            state.isRung = waiting.isEmpty
            return waiting
        }
        for continuation in waiting.values { continuation.resume() }
    }

    /// Returns once the bell was rung, or the surrounding task is cancelled.
    func wait() async {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    // The handler below may have run already, and found nothing to resume.
                    if state.isRung || Task.isCancelled {
                        state.isRung = false
                        return true
                    }
                    state.waiting[id] = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: id) }?.resume()
        }
    }
}
