import Inventory
import Wire

/// The kept answers themselves, within bounds: what was not asked for the longest goes first.
///
/// Answers lie in slots that are linked in order of use, so that touching and dropping one costs the same however many there are.
struct CacheShelf: Sendable {
    private struct Slot: Sendable {
        var key: CacheKey
        var entry: CacheEntry
        var newer: Int?
        var older: Int?
    }

    /// Answers to one request that differ in the fields they depend on.
    private static let mostVariants = 16

    private let bounds: CacheBounds
    private var slots: [Slot?] = []
    private var free: [Int] = []
    private var newest: Int?
    private var oldest: Int?
    private var places: [CachePlace: Set<CacheKey>] = [:]
    private var variants: [CacheKey: [Int]] = [:]
    private(set) var bytes = 0

    init(_ bounds: CacheBounds) {
        self.bounds = bounds
    }

    var count: Int { slots.count - free.count }

    /// The entry that fits a request's fields, made the newest.
    mutating func take(_ request: CacheRequest) -> CacheEntry? {
        guard let slots = variants[request.key] else { return nil }
        for slot in slots {
            guard let entry = self.slots[slot]?.entry, entry.suits(request.fields) else { continue }
            if slot != newest {
                unlink(slot)
                link(slot)
            }
            return entry
        }
        return nil
    }

    /// Whether two requests of one key would get the same answer, as far as is known.
    func areAlike(_ left: CacheRequest, _ right: CacheRequest) -> Bool {
        let told = left.rules.vary.allSatisfy { name in
            FieldName(name).map { CacheEntry.value($0, in: left.fields) == CacheEntry.value($0, in: right.fields) }
                ?? true
        }
        guard told, let slots = variants[left.key] else { return told }
        return slots.allSatisfy { slot in
            self.slots[slot]?.entry.choices.allSatisfy {
                CacheEntry.value($0.name, in: left.fields) == CacheEntry.value($0.name, in: right.fields)
            } ?? true
        }
    }

    /// Puts an entry in the place of those that would have answered the same request.
    mutating func put(_ entry: CacheEntry, for request: CacheRequest) {
        let key = request.key
        for slot in variants[key] ?? [] where slots[slot]?.entry.suits(request.fields) ?? false { remove(slot) }
        if let slots = variants[key], slots.count >= Self.mostVariants { remove(slots[0]) }
        guard entry.size <= bounds.bytes, bounds.entries > 0 else { return }
        let slot = free.popLast() ?? slots.count
        if slot == slots.count { slots.append(nil) }
        slots[slot] = Slot(key: key, entry: entry)
        link(slot)
        variants[key, default: []].append(slot)
        places[key.place, default: []].insert(key)
        bytes += entry.size
        while bytes > bounds.bytes || count > bounds.entries, let oldest { remove(oldest) }
    }

    /// Drops the entry that fits a request.
    mutating func remove(_ request: CacheRequest) {
        for slot in variants[request.key] ?? [] where slots[slot]?.entry.suits(request.fields) ?? false { remove(slot) }
    }

    /// Drops everything kept of a place; returns how much.
    mutating func remove(_ place: CachePlace) -> Int {
        let before = count
        for key in places[place] ?? [] {
            for slot in variants[key] ?? [] { remove(slot) }
        }
        return before - count
    }

    mutating func remove(provider: String) -> Int {
        let before = count
        for place in places.keys.filter({ $0.provider == provider }) { _ = remove(place) }
        return before - count
    }

    mutating func removeAll() -> Int {
        let before = count
        self = CacheShelf(bounds)
        return before
    }

    /// Entries and bytes by provider.
    func holdings() -> [String: (entries: Int, bytes: Int)] {
        var holdings: [String: (entries: Int, bytes: Int)] = [:]
        for case let slot? in slots {
            holdings[slot.key.place.provider, default: (0, 0)].entries += 1
            holdings[slot.key.place.provider, default: (0, 0)].bytes += slot.entry.size
        }
        return holdings
    }

    private mutating func remove(_ slot: Int) {
        guard let taken = slots[slot] else { return }
        unlink(slot)
        slots[slot] = nil
        free.append(slot)
        bytes -= taken.entry.size
        variants[taken.key]?.removeAll { $0 == slot }
        guard variants[taken.key]?.isEmpty ?? false else { return }
        variants[taken.key] = nil
        places[taken.key.place]?.remove(taken.key)
        if places[taken.key.place]?.isEmpty ?? false { places[taken.key.place] = nil }
    }

    private mutating func link(_ slot: Int) {
        slots[slot]?.newer = nil
        slots[slot]?.older = newest
        if let newest { slots[newest]?.newer = slot } else { oldest = slot }
        newest = slot
    }

    private mutating func unlink(_ slot: Int) {
        guard let taken = slots[slot] else { return }
        if let newer = taken.newer { slots[newer]?.older = taken.older } else { newest = taken.older }
        if let older = taken.older { slots[older]?.newer = taken.newer } else { oldest = taken.newer }
    }
}
