import Store

/// The cache's decisions: who is answered from it, who asks the provider, who waits for whom (RFC 9111, 4).
///
/// A pure state machine without clock and I/O. Times are uptimes in nanoseconds. What it returns as `Post` is delivered by its
/// owner once the machine is free again.
struct CacheMachine: Sendable {
    typealias Listener = @Sendable (CacheDelivery) -> Void
    /// Makes the object by which a caller that asks reports back.
    typealias Maker = (CacheFlight) -> CacheFetch

    struct Post: Sendable {
        let listener: Listener
        let delivery: CacheDelivery
    }

    let bounds: CacheBounds
    var shelf: CacheShelf
    var flights: [UInt64: CacheFlight] = [:]
    /// Flights that others may join.
    var open: [CacheKey: [UInt64]] = [:]
    /// Until when callers of a key do not wait for each other, because its answers cannot be shared.
    var apart: [CacheKey: Int64] = [:]
    var counts: [String: CacheCensus.Counts] = [:]
    private var lastID: UInt64 = 0

    private static let apartFor: Int64 = 30_000_000_000
    private static let mostApart = 4096

    init(_ bounds: CacheBounds) {
        self.bounds = bounds
        shelf = CacheShelf(bounds)
    }

    /// What a call is to do.
    ///
    /// - Parameter listener: kept, and used once, only if the verdict is to wait.
    mutating func look(
        _ request: CacheRequest, at now: Int64, _ listener: @escaping Listener, _ make: Maker
    ) -> CacheVerdict {
        if request.isApart { return .bypass(.forwarded("bypass")) }
        let provider = request.key.place.provider
        let entry = shelf.take(request)
        var why = "miss"
        if let entry {
            let rest = entry.rest(at: now)
            let isTaken = request.takes(age: entry.age(at: now), freshFor: rest)
            if rest > 0, isTaken {
                counts[provider, default: .init()].hits += 1
                return .answer(entry.answer(to: request, at: now), refresh: nil)
            }
            why = rest > 0 ? "request" : "stale"
            if isTaken, !request.wantsOnlyKept, -rest < entry.freshness.staleWhileRevalidate {
                counts[provider, default: .init()].stale += 1
                let isAsked = joinable(request) != nil
                return .answer(
                    entry.answer(to: request, at: now),
                    refresh: isAsked ? nil : make(start(request, entry, why, at: now)))
            }
        }
        if request.wantsOnlyKept {
            return .refused(CacheStatus(text: "footing; detail=only-if-cached", word: "refused"))
        }
        if request.isHead { return .bypass(.forwarded(why)) }
        if !request.insists, let id = joinable(request) {
            counts[provider, default: .init()].collapsed += 1
            let seat = nextID()
            flights[id]?.followers.append(CacheFlight.Follower(seat: seat, request: request, listener: listener))
            return .wait(CacheSeat(flight: id, seat: seat))
        }
        counts[provider, default: .init()].misses += 1
        return .fetch(make(start(request, entry, why, at: now)))
    }

    /// Whether the follower was still waiting; then nothing is delivered to it.
    mutating func leave(_ seat: CacheSeat) -> Bool {
        guard let index = flights[seat.flight]?.followers.firstIndex(where: { $0.seat == seat.seat }) else {
            return false
        }
        flights[seat.flight]?.followers.remove(at: index)
        return true
    }

    /// Forgets what is kept of a place, and what is being asked about it (RFC 9111, 4.4).
    mutating func invalidate(_ place: CachePlace) {
        _ = shelf.remove(place)
        close { $0.place == place }
    }

    mutating func purge(provider: String?) -> Int {
        guard let provider else {
            close { _ in true }
            apart = [:]
            return shelf.removeAll()
        }
        close { $0.place.provider == provider }
        apart = apart.filter { $0.key.place.provider != provider }
        return shelf.remove(provider: provider)
    }

    func census() -> CacheCensus {
        var providers = counts
        for (name, holding) in shelf.holdings() {
            providers[name, default: .init()].entries = holding.entries
            providers[name, default: .init()].bytes = holding.bytes
        }
        return CacheCensus(entries: shelf.count, bytes: shelf.bytes, bounds: bounds, providers: providers)
    }

    /// Callers of this key ask for themselves for a while.
    mutating func separate(_ key: CacheKey, at now: Int64) {
        if apart.count >= Self.mostApart { apart = apart.filter { $0.value > now } }
        if apart.count >= Self.mostApart { apart = [:] }
        apart[key] = now + Self.apartFor
    }

    mutating func end(_ flight: CacheFlight) {
        flights[flight.id] = nil
        shut(flight)
    }

    private mutating func shut(_ flight: CacheFlight) {
        let key = flight.request.key
        open[key]?.removeAll { $0 == flight.id }
        if open[key]?.isEmpty ?? false { open[key] = nil }
    }

    private mutating func start(
        _ request: CacheRequest, _ entry: CacheEntry?, _ why: String, at now: Int64
    ) -> CacheFlight {
        let flight = CacheFlight(id: nextID(), request: request, known: entry, why: why)
        flights[flight.id] = flight
        let isApart = apart[request.key].map { $0 > now } ?? false
        if !isApart { open[request.key, default: []].append(flight.id) }
        return flight
    }

    private func joinable(_ request: CacheRequest) -> UInt64? {
        open[request.key]?.first { id in flights[id].map { shelf.areAlike($0.request, request) } ?? false }
    }

    /// What is under way answers those who wait, but is neither kept nor joined any more.
    private mutating func close(_ isMeant: (CacheKey) -> Bool) {
        for flight in flights.values where isMeant(flight.request.key) {
            flights[flight.id]?.mayKeep = false
            shut(flight)
        }
    }

    private mutating func nextID() -> UInt64 {
        lastID += 1
        return lastID
    }
}
