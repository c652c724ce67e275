import NIOCore
import Store
import Synchronization
import Wire

/// Answers of providers that are kept and given to later callers (RFC 9111), as the inventory allows it.
///
/// One for the whole process: it outlives reloads of the inventory and is shared by all event loops. Every method may be called
/// on any thread, waits for nothing and returns at once; what others wait for is delivered by the thread that brings it, outside of
/// all locks.
///
/// A call looks first. Told to fetch, it asks the provider and reports to the `CacheFetch` how that went; calls for the same thing
/// wait meanwhile and get the same answer. Only what may be shared is kept, by whom the rules say: the key holds tenant, form,
/// method, path, query and the fields that the answer depends on.
package final class AnswerCache: Sendable {
    private let machine: Mutex<CacheMachine>

    package init(_ bounds: CacheBounds = CacheBounds()) {
        machine = Mutex(CacheMachine(bounds))
    }

    /// - Parameter then: run exactly once if the verdict is to wait and `leave` does not return true, on any thread; never
    ///   otherwise.
    package func look(
        _ request: CacheRequest, at moment: Moment, then: @escaping @Sendable (CacheDelivery) -> Void
    ) -> CacheVerdict {
        machine.withLock { $0.look(request, at: moment.nanoseconds, then) { CacheFetch(self, $0) } }
    }

    /// Gives up waiting; false when the delivery has been made or is being made.
    package func leave(_ seat: CacheSeat) -> Bool {
        machine.withLock { $0.leave(seat) }
    }

    /// To be called when a write, or any request with an unsafe method, got an answer below 400 (RFC 9111, 4.4).
    ///
    /// - Parameter path: percent-encoded, below the provider's base path, without query.
    package func invalidate(provider: String, path: String) {
        let place = CachePlace(provider: provider, path: path)
        machine.withLock { $0.invalidate(place) }
    }

    /// Forgets all answers; returns how many there were.
    @discardableResult
    package func purge() -> Int {
        machine.withLock { $0.purge(provider: nil) }
    }

    /// Forgets the answers of one provider; returns how many there were.
    @discardableResult
    package func purge(provider: String) -> Int {
        machine.withLock { $0.purge(provider: provider) }
    }

    package func census() -> CacheCensus {
        machine.withLock { $0.census() }
    }

    /// Reports an event of a fetch and tells those who wait what became of it.
    func report<Result: Sendable>(
        _ event: @Sendable (inout CacheMachine, CacheMachine.Maker) -> (Result, [CacheMachine.Post])
    ) -> Result {
        let (result, posts) = machine.withLock { event(&$0) { CacheFetch(self, $0) } }
        for post in posts { post.listener(post.delivery) }
        return result
    }
}
