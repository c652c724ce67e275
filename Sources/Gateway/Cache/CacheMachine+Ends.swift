import NIOCore
import Store
import Wire

/// What the caller that asks a provider reports, and what follows for all who wait. Reports of an earlier turn change nothing.
extension CacheMachine {
    /// When things happened: uptimes in nanoseconds, and the wall-clock time of the arrival.
    struct Times: Sendable {
        let asked: Int64
        let arrived: Int64
        let wall: Timestamp
    }

    /// The head of the provider's answer has come.
    mutating func arrive(
        _ id: UInt64, _ turn: Int, _ head: ResponseHead, _ times: Times, _ make: Maker
    ) -> (CachePlan, [Post]) {
        guard var flight = current(id, turn) else { return (.pass(.forwarded("bypass")), []) }
        let rules = flight.request.rules
        if head.status == 304, let known = flight.known, known.hasValidator {
            return hold(flight, known, head, times, make)
        }
        let judgement = CacheJudgement.of(
            head, rules, asked: times.asked, arrived: times.arrived, now: times.wall)
        switch judgement {
        case .keep where head.length.known ?? 0 > bounds.body:
            return refuse(flight, .size, at: times.arrived)
        case .keep(let terms):
            flight.terms = terms
            flight.arrived = times.arrived
            flights[id] = flight
            return (.keep(atMost: bounds.body), [])
        case .refuse(let refusal):
            return refuse(flight, refusal, at: times.arrived)
        }
    }

    /// The answer is whole, checked and mapped.
    mutating func finish(
        _ id: UInt64, _ turn: Int, _ request: CacheRequest, status: Int, fields: FieldList, body: ByteBuffer,
        at now: Int64, _ make: Maker
    ) -> (CachedAnswer, [Post]) {
        guard let flight = current(id, turn), let terms = flight.terms, body.readableBytes <= bounds.body else {
            let (told, posts) = decline(id, turn, .size, at: now)
            return (CachedAnswer(status: status, fields: fields, body: body, told), posts)
        }
        let entry = CacheEntry(
            terms, request: request.fields, status: status, fields: fields, body: body, arrived: flight.arrived)
        if flight.mayKeep { shelf.put(entry, for: request) }
        let note = (flight.mayKeep ? "stored; " : "") + "ttl=\(CacheEntry.seconds(entry.rest(at: now)))"
        let answer = entry.answer(to: request, at: now, status: .forwarded(flight.why, note))
        return (answer, share(entry, flight, at: now, make))
    }

    /// No answer that could be used came.
    ///
    /// - Parameters:
    ///   - wasAnswered: the problem is what the provider's answer says, and not something about this caller.
    /// - Returns: the answer to show instead of the problem, if there is one that may be shown.
    mutating func fail(
        _ id: UInt64, _ turn: Int, _ problem: Problem, wasAnswered: Bool, at now: Int64, _ make: Maker
    ) -> (CachedAnswer?, [Post]) {
        guard let flight = current(id, turn) else { return (nil, []) }
        let provider = flight.request.key.place.provider
        if flight.mayKeep, problem.isOfProvider, let known = flight.known,
            known.freshness.staleIfError > 0, -known.rest(at: now) < known.freshness.staleIfError
        {
            let ttl = CacheEntry.seconds(known.rest(at: now))
            let status = CacheStatus.forwarded(
                "stale", "ttl=\(ttl); detail=stale-if-error", word: "stale-if-error")
            end(flight)
            counts[provider, default: .init()].stale += 1 + flight.followers.count
            let posts = flight.followers.map { follower in
                Post(
                    listener: follower.listener,
                    delivery: .answer(known.answer(to: follower.request, at: now, status: status)))
            }
            let answer = flight.request.insists ? nil : known.answer(to: flight.request, at: now, status: status)
            return (answer, posts)
        }
        guard wasAnswered || problem.source == .provider else { return (nil, promote(flight, make)) }
        end(flight)
        return (nil, flight.followers.map { Post(listener: $0.listener, delivery: .failed(problem)) })
    }

    /// The answer is not kept.
    mutating func decline(_ id: UInt64, _ turn: Int, _ refusal: CacheRefusal, at now: Int64) -> (CacheStatus, [Post]) {
        guard let flight = current(id, turn) else { return (.forwarded("bypass"), []) }
        let (plan, posts) = refuse(flight, refusal, at: now)
        guard case .pass(let status) = plan else { return (.forwarded("bypass"), posts) }
        return (status, posts)
    }

    /// The caller that asked has left.
    mutating func abandon(_ id: UInt64, _ turn: Int, _ make: Maker) -> [Post] {
        current(id, turn).map { promote($0, make) } ?? []
    }

    private func current(_ id: UInt64, _ turn: Int) -> CacheFlight? {
        flights[id].flatMap { $0.turn == turn ? $0 : nil }
    }

    /// The provider says that the kept answer still holds.
    private mutating func hold(
        _ flight: CacheFlight, _ known: CacheEntry, _ head: ResponseHead, _ times: Times, _ make: Maker
    ) -> (CachePlan, [Post]) {
        let request = flight.request
        counts[request.key.place.provider, default: .init()].revalidated += 1
        let refreshed = known.refreshed(
            by: head.fields, request.rules, asked: times.asked, arrived: times.arrived, now: times.wall)
        guard let refreshed else {
            // Answered with it once more, since that is what the provider said; the next caller asks for a whole one.
            if flight.mayKeep { shelf.remove(request) }
            let (_, posts) = refuse(flight, .useless, at: times.arrived)
            let status = CacheStatus.forwarded(flight.why, "fwd-status=304", word: "revalidated")
            return (.unchanged(known.answer(to: request, at: times.arrived, status: status)), posts)
        }
        if flight.mayKeep { shelf.put(refreshed, for: request) }
        let ttl = CacheEntry.seconds(refreshed.rest(at: times.arrived))
        let status = CacheStatus.forwarded(flight.why, "fwd-status=304; ttl=\(ttl)", word: "revalidated")
        let answer = refreshed.answer(to: request, at: times.arrived, status: status)
        return (.unchanged(answer), share(refreshed, flight, at: times.arrived, make))
    }

    /// Gives an answer to all who wait for this very one; the others ask again, one after the other.
    private mutating func share(_ entry: CacheEntry, _ flight: CacheFlight, at now: Int64, _ make: Maker) -> [Post] {
        guard entry.freshness.fresh > 0 || entry.freshness.staleWhileRevalidate > 0 else {
            // Nobody may use it without asking, so there is nothing to wait for.
            separate(flight.request.key, at: now)
            return release(flight, .forwarded("miss", "collapsed=?0"))
        }
        apart[flight.request.key] = nil
        let status = CacheStatus.forwarded(
            "miss", "collapsed; ttl=\(CacheEntry.seconds(entry.rest(at: now)))", word: "collapsed")
        var posts: [Post] = []
        var others = flight
        others.followers = []
        for follower in flight.followers {
            guard entry.suits(follower.request.fields) else {
                others.followers.append(follower)
                continue
            }
            let answer = entry.answer(to: follower.request, at: now, status: status)
            posts.append(Post(listener: follower.listener, delivery: .answer(answer)))
        }
        return posts + promote(others, make)
    }

    private mutating func refuse(_ flight: CacheFlight, _ refusal: CacheRefusal, at now: Int64) -> (CachePlan, [Post]) {
        counts[flight.request.key.place.provider, default: .init()].refused += 1
        if refusal != .unusable { separate(flight.request.key, at: now) }
        let status = CacheStatus.forwarded(
            flight.why, "stored=?0; detail=\(refusal.rawValue)", word: "not kept: \(refusal.rawValue)")
        return (.pass(status), release(flight, .forwarded("miss", "collapsed=?0")))
    }

    private mutating func release(_ flight: CacheFlight, _ status: CacheStatus) -> [Post] {
        end(flight)
        return flight.followers.map { Post(listener: $0.listener, delivery: .bypass(status)) }
    }

    /// The next in line asks the provider; the flight ends when there is none.
    private mutating func promote(_ flight: CacheFlight, _ make: Maker) -> [Post] {
        guard let next = flight.followers.first else {
            end(flight)
            return []
        }
        var flight = flight
        flight.followers.removeFirst()
        flight.turn += 1
        flight.request = next.request
        flight.known = shelf.take(next.request)
        flight.why = flight.known == nil ? "miss" : "stale"
        flight.mayKeep = true
        flight.terms = nil
        flights[flight.id] = flight
        return [Post(listener: next.listener, delivery: .fetch(make(flight)))]
    }
}

extension Problem {
    /// The provider is at fault in a way that passes, so that an older answer is better than none. An answer that breaks its
    /// contract is not: drift is shown.
    fileprivate var isOfProvider: Bool {
        source == .provider && (isRetryable || code == "provider_answer_broken")
    }
}
