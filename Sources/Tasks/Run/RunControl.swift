import Synchronization

/// The handle by which the engine stops a run.
final class RunControl: Sendable {
    private struct State {
        var stop: RunStop?
        var cancel: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// Why the run was told to stop; nil while it may go on.
    var stop: RunStop? { state.withLock { $0.stop } }

    /// Stops the work as soon as there is any.
    func stop(_ reason: RunStop) {
        let cancel = state.withLock { state in
            if reason.outranks(state.stop) { state.stop = reason }
            return state.cancel
        }
        cancel?()
    }

    /// The work has begun; `cancel` ends it early.
    func began(cancel: @escaping @Sendable () -> Void) {
        let isStopped = state.withLock { state in
            state.cancel = cancel
            return state.stop != nil
        }
        if isStopped { cancel() }
    }
}
