import Inventory

/// The state of all callers of one kind, in bounded memory.
///
/// An entry whose bucket is full and that has nothing under way says nothing that a new one would not say, and is used
/// again. Where all entries say something, as in a flood of made-up addresses, the newcomers share one entry.
struct CallerTable<Key: Hashable & Sendable>: Sendable {
    private struct Entry: Sendable {
        var key: Key?
        var fullAt: Int64 = 0
        var running = 0
    }

    let pace: Pace
    let concurrency: Int
    private let capacity: Int
    private var indices: [Key: Int] = [:]
    /// The first is the shared one.
    private var entries = [Entry()]
    private var hand = 0

    /// Entries that are looked at for one to use again when a newcomer comes.
    private static var looked: Int { 8 }

    init(_ bounds: CallerBounds, capacity: Int) {
        pace = Pace(bounds.rate, burst: bounds.burst)
        concurrency = bounds.concurrency
        self.capacity = max(capacity, 1)
    }

    /// The table under new bounds; those who are under way stay so.
    init(_ bounds: CallerBounds, keeping old: Self) {
        self.init(bounds, capacity: old.capacity)
        indices = old.indices
        entries = old.entries
        hand = old.hand
    }

    /// Callers that are told apart now.
    var count: Int { indices.count }

    func contains(_ index: Int) -> Bool { entries.indices.contains(index) }

    /// The caller's entry; a new one is taken where there is none.
    mutating func index(of key: Key, at now: Int64) -> Int {
        if let index = indices[key] { return index }
        let index = freeEntry(at: now)
        guard index > 0 else { return 0 }
        if let old = entries[index].key { indices[old] = nil }
        entries[index] = Entry(key: key)
        indices[key] = index
        return index
    }

    private mutating func freeEntry(at now: Int64) -> Int {
        for _ in 0..<min(Self.looked, entries.count - 1) {
            hand = hand + 1 < entries.count ? hand + 1 : 1
            if entries[hand].running == 0, entries[hand].fullAt <= now { return hand }
        }
        guard entries.count <= capacity else { return 0 }
        entries.append(Entry())
        return entries.count - 1
    }

    @inline(__always)
    func wait(_ index: Int, at now: Int64) -> Int64 {
        pace.wait(entries[index].fullAt, at: now)
    }

    @inline(__always)
    func isCrowded(_ index: Int) -> Bool {
        entries[index].running >= concurrency
    }

    @inline(__always)
    mutating func take(_ index: Int, at now: Int64) {
        entries[index].fullAt = pace.drawn(entries[index].fullAt, at: now)
        entries[index].running += 1
    }

    @inline(__always)
    mutating func leave(_ index: Int) {
        guard contains(index), entries[index].running > 0 else { return }
        entries[index].running -= 1
    }

    func fullAt(_ index: Int) -> Int64 {
        entries[index].fullAt
    }
}
