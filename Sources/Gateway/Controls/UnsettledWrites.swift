package import Store
import Synchronization

/// Outcomes of writes that the store could not keep at once (a full disk), kept here until it can.
///
/// Should the process die before that, the writes become unknown: nothing is lost, a person has to look.
package final class UnsettledWrites: Sendable {
    /// Beyond this the oldest are left to become unknown.
    private static let capacity = 10_000
    private let store: any IntentStore
    private let waiting = Mutex<[(callID: String, outcome: IntentOutcome)]>([])

    package init(store: any IntentStore) {
        self.store = store
    }

    package var count: Int { waiting.withLock { $0.count } }

    package func keep(_ callID: String, _ outcome: IntentOutcome) {
        waiting.withLock { waiting in
            waiting.append((callID, outcome))
            if waiting.count > Self.capacity { waiting.removeFirst() }
        }
    }

    /// Tries again what is left, the oldest first; called every few seconds. Throws the store's error while it still
    /// cannot.
    package func retry(at now: Timestamp) async throws {
        while let next = waiting.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
            do {
                _ = try await store.settle(next.callID, next.outcome, at: now)
            } catch {
                waiting.withLock { $0.insert(next, at: 0) }
                throw error
            }
        }
    }
}
