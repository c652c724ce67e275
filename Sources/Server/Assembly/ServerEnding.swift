import ServiceLifecycle
import Synchronization

/// Ends the running service group, in order or at once.
final class ServerEnding: Sendable {
    private struct State {
        var group: ServiceGroup?
        var task: Task<Void, any Error>?
    }

    private let state = Mutex(State())

    /// Runs the group to its end, whichever way it comes.
    func run(_ group: ServiceGroup) async throws {
        // Awaited below; a task of its own so that it can be cancelled from a service of the group.
        let task = Task { try await group.run() }
        state.withLock { $0 = State(group: group, task: task) }
        try await withTaskCancellationHandler {
            do {
                try await task.value
            } catch is CancellationError {
                // Ended at once, as it was told.
            }
        } onCancel: {
            task.cancel()
        }
    }

    func begin() async {
        await state.withLock { $0.group }?.triggerGracefulShutdown()
    }

    func now() {
        state.withLock { $0.task }?.cancel()
    }
}
