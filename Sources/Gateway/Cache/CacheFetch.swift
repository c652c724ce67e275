package import NIOCore
package import Store
package import Wire

/// The part of a call that asks the provider for an answer to be kept; others may wait for it.
///
/// It ends once: by `finished`, `failed`, `decline` or `abandon`, or by what `arrived` returns. What comes later changes nothing, and
/// one that is let go without an end is abandoned, so that nobody waits for ever.
package final class CacheFetch: Sendable {
    private let cache: AnswerCache
    private let flight: UInt64
    private let turn: Int
    private let request: CacheRequest
    private let etag: String?
    private let lastModified: String?

    init(_ cache: AnswerCache, _ flight: CacheFlight) {
        self.cache = cache
        self.flight = flight.id
        turn = flight.turn
        request = flight.request
        etag = flight.known?.etag
        lastModified = flight.known?.lastModified
    }

    deinit {
        abandon()
    }

    /// Takes the caller's conditions out of the request to the provider and puts the cache's own in, so that the provider need
    /// not send again what is kept.
    package func prepare(_ fields: inout FieldList) {
        fields.remove(.ifNoneMatch)
        fields.remove(.ifModifiedSince)
        if let etag { fields.append(.ifNoneMatch, etag) }
        if let lastModified { fields.append(.ifModifiedSince, lastModified) }
    }

    /// The head of the answer has come that is the call's answer, below 400.
    ///
    /// - Parameter asked: when the request was sent.
    package func arrived(_ head: ResponseHead, asked: Moment, at moment: Moment) -> CachePlan {
        let times = CacheMachine.Times(asked: asked.nanoseconds, arrived: moment.nanoseconds, wall: moment.wall)
        return cache.report { [flight, turn] in $0.arrive(flight, turn, head, times, $1) }
    }

    /// The answer is whole, and checked and mapped as callers of this form get it. Returns it as this caller gets it.
    package func finished(status: Int, fields: FieldList, body: ByteBuffer, at moment: Moment) -> CachedAnswer {
        cache.report { [flight, turn, request] in
            $0.finish(flight, turn, request, status: status, fields: fields, body: body, at: moment.nanoseconds, $1)
        }
    }

    /// No answer came that could be used. Returns the stale one to send instead of the problem, where that is allowed.
    ///
    /// - Parameter wasAnswered: the problem is what the provider's answer says: all who wait would hear the same.
    package func failed(_ problem: Problem, wasAnswered: Bool, at moment: Moment) -> CachedAnswer? {
        cache.report { [flight, turn] in
            $0.fail(flight, turn, problem, wasAnswered: wasAnswered, at: moment.nanoseconds, $1)
        }
    }

    /// The answer cannot be kept after all: it is too large (`.size`), breaks its contract or was played (`.unusable`). All who wait
    /// ask for themselves.
    @discardableResult
    package func decline(_ refusal: CacheRefusal, at moment: Moment) -> CacheStatus {
        cache.report { [flight, turn] machine, _ in
            machine.decline(flight, turn, refusal, at: moment.nanoseconds)
        }
    }

    /// The caller has left; the next one that waits asks.
    package func abandon() {
        cache.report { [flight, turn] in ((), $0.abandon(flight, turn, $1)) }
    }
}
