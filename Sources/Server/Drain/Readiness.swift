package import Store
import Synchronization

/// Whether the server may be sent work, and if not, why.
package final class Readiness: Sendable {
    private let drain: Drain
    private let canWrite = Atomic<Bool>(true)

    package init(drain: Drain) {
        self.drain = drain
    }

    /// To be told how the heartbeat's write went: what cannot be stored must not be accepted.
    package func wrote(_ succeeded: Bool) {
        canWrite.store(succeeded, ordering: .relaxed)
    }

    /// nil: ready.
    package var problem: Problem? {
        if drain.isDraining {
            return Problem(
                "draining", source: .footing, status: 503, title: "The server is ending",
                detail: "This server is about to end; another one takes over.", isRetryable: true)
        }
        guard canWrite.load(ordering: .relaxed) else {
            return Problem(
                "store_unwritable", source: .footing, status: 503, title: "Nothing can be stored",
                detail: "This server cannot store anything at the moment.", isRetryable: true,
                advice: "Look at the disk that holds .footing/ and at the server's log.")
        }
        return nil
    }
}
