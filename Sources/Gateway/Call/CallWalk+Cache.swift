import Access
import Inventory
import NIOCore
import Store
import Wire

/// Reads that the inventory marks as cacheable are looked for in the cache before a secret, a place or money is used on them.
extension CallWalk {
    /// Goes on with an answer from the cache, or to the provider.
    func consultCache() throws {
        guard let rules = context.operation?.operation.cache, content.isWhole, let caller = context.caller else {
            return try sign()
        }
        if let fetch = answer.fetch {
            fetch.prepare(&context.wire.fields)
            return try sign()
        }
        guard
            let request = CacheRequest(
                rules, provider: context.providerName, tenant: caller.tenant, method: context.wire.method,
                path: context.wire.path, query: context.wire.query, fields: context.wire.fields,
                input: context.request.typedInput)
        else { return try sign() }
        let back = NIOLoopBound(self, eventLoop: loop)
        let verdict = ground.cache.look(request, at: moment) { [loop] delivery in
            loop.execute { back.value.cacheDelivered(delivery) }
        }
        switch verdict {
        case .answer(let cached, let refresh):
            if let refresh { self.refresh(refresh, caller) }
            deliver(cached)
        case .fetch(let fetch):
            try ask(fetch)
        case .wait(let seat):
            answer.seat = seat
        case .bypass(let status):
            answer.cacheStatus = status
            try sign()
        case .refused(let status):
            answer.cacheStatus = status
            throw context.problem(
                "not_cached", .caller, 504, "Nothing is in the cache", "There is no stored answer to this request.",
                advice: "The request said only-if-cached.")
        }
    }

    private func cacheDelivered(_ delivery: CacheDelivery) {
        answer.seat = nil
        tick()
        guard !isOver else {
            if case .fetch(let fetch) = delivery { fetch.abandon() }
            return
        }
        do {
            switch delivery {
            case .answer(let cached): deliver(cached)
            case .failed(let problem): throw problem
            case .fetch(let fetch): try ask(fetch)
            case .bypass(let status):
                answer.cacheStatus = status
                try sign()
            }
        } catch {
            fail(error)
        }
    }

    private func ask(_ fetch: CacheFetch) throws {
        answer.fetch = fetch
        fetch.prepare(&context.wire.fields)
        try sign()
    }

    /// Asks the provider again while the caller has the stale answer; nobody waits for it.
    private func refresh(_ fetch: CacheFetch, _ caller: Caller) {
        var request = context.request
        request.credential = .known(caller)
        if request.isPassThrough { request.target = .passThrough(context.wire) }
        let unheard = loop.makePromise(of: CallResult.self)
        unheard.futureResult.whenFailure { _ in }
        let exchange = LocalExchange(eventLoop: loop, promise: unheard)
        let walk = CallWalk(ground: ground, exchange: exchange, local: exchange, request: request)
        walk.answer.fetch = fetch
        walk.context.notes.append("refreshes the cache")
        walk.start()
    }

    /// What the provider's head means for the cache: how much of the content to keep, at most.
    func planForCache(_ attempt: CallAttempt, _ head: ResponseHead) -> Int? {
        guard let fetch = answer.fetch, head.status < 400 else { return nil }
        guard context.fault == nil else {
            declineCache(.unusable)
            return nil
        }
        let asked = Moment(nanoseconds: attempt.began, wall: context.began.wall)
        switch fetch.arrived(head, asked: asked, at: moment) {
        case .keep(let limit):
            return limit
        case .unchanged(let cached):
            answer.fetch = nil
            answer.cached = cached
            return CheckAnswer.errorLimit
        case .pass(let status):
            answer.fetch = nil
            answer.cacheStatus = status
            return nil
        }
    }

    /// The answer is not to be kept after all.
    func declineCache(_ refusal: CacheRefusal) {
        guard let fetch = answer.fetch else { return }
        answer.fetch = nil
        answer.cacheStatus = fetch.decline(refusal, at: moment)
    }

    /// What the cache holds below the written path is not to be believed any more (RFC 9111, 4.4).
    func invalidateCache() {
        guard context.risk != .read, context.route?.hasCache == true else { return }
        ground.cache.invalidate(provider: context.providerName, path: context.wire.path)
    }

    /// The whole, checked and mapped answer goes into the cache, and from there to the caller.
    func keepInCache(_ head: ResponseHead, _ body: ByteBuffer) -> CachedAnswer? {
        guard let fetch = answer.fetch else { return nil }
        guard context.drift.isEmpty, context.fault == nil else {
            declineCache(.unusable)
            return nil
        }
        answer.fetch = nil
        var fields = head.fields
        fields.keepHarmless()
        return fetch.finished(status: head.status, fields: fields, body: body, at: moment)
    }

    /// A stale answer in place of the problem, where the inventory allows one.
    func staleAnswer(for problem: Problem) -> CachedAnswer? {
        guard let fetch = answer.fetch else { return nil }
        answer.fetch = nil
        if problem.status == 499 {
            fetch.abandon()
            return nil
        }
        return fetch.failed(problem, wasAnswered: context.response != nil, at: moment)
    }

    func deliver(_ cached: CachedAnswer) {
        answer.cacheStatus = cached.status
        guard let local else {
            exchange.answer(outgoing(cached.head), cached.body)
            return finish(status: cached.head.status)
        }
        finish(status: cached.head.status)
        local.finish(cached.head, cached.body, json: nil)
    }
}
