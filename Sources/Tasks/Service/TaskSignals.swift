import Synchronization

/// What the service tells the engine of the same process, so that it need not wait for the next poll or heartbeat.
///
/// The store stays the truth: a signal that is lost costs time, never a task.
package final class TaskSignals: Sendable {
    private let cancellations = Mutex<[(task: String, by: String)]>([])
    let submissions = Wakeup()
    let cancels = Wakeup()

    package init() {}

    /// There may be something to claim.
    package func submitted() {
        submissions.ring()
    }

    /// A person asked to cancel a running task; the store knows it already.
    package func cancelRequested(_ task: String, by: String) {
        cancellations.withLock { $0.append((task, by)) }
        cancels.ring()
    }

    func takeCancellations() -> [(task: String, by: String)] {
        cancellations.withLock { waiting in
            let taken = waiting
            waiting = []
            return taken
        }
    }
}
