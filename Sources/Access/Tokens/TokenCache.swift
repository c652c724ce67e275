import Store

/// Tokens looked up lately, by hash: bounded in number, and each believed for a short while only, because another
/// process may have revoked it.
struct TokenCache: Sendable {
    private struct Entry {
        let record: TokenRecord
        let caller: Caller
        let staleAt: Duration
    }

    private var entries: [String: Entry] = [:]
    /// Grows with every revocation, so that a look-up which began before one is not kept.
    private(set) var generation = 0
    private let limit: Int
    private let lifetime: Duration

    init(limit: Int, lifetime: Duration) {
        self.limit = limit
        self.lifetime = lifetime
    }

    var count: Int { entries.count }

    mutating func find(_ hash: String, now: Duration) -> (record: TokenRecord, caller: Caller)? {
        guard let entry = entries[hash] else { return nil }
        guard entry.staleAt > now else {
            entries[hash] = nil
            return nil
        }
        return (entry.record, entry.caller)
    }

    mutating func keep(_ record: TokenRecord, _ caller: Caller, now: Duration, generation: Int) {
        guard generation == self.generation else { return }
        if entries.count >= limit { makeRoom(now: now) }
        entries[record.hash] = Entry(record: record, caller: caller, staleAt: now + lifetime)
    }

    mutating func forget(id: String) {
        generation += 1
        entries = entries.filter { $0.value.record.id != id }
    }

    /// Drops what is stale, and half of the rest when that is not enough.
    private mutating func makeRoom(now: Duration) {
        entries = entries.filter { $0.value.staleAt > now }
        guard entries.count >= limit else { return }
        for hash in entries.keys.prefix(entries.count - limit / 2) { entries[hash] = nil }
    }
}
