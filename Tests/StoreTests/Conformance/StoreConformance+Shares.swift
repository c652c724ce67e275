import Inventory
import Store
import Testing

extension StoreConformance {
    static let shares: [StoreConformance] = [
        StoreConformance("a node that is alone gets what it wants, up to the whole limit") { store in
            let first = try await store.lease("a", 7, of: 10)
            #expect(first == 7)
            #expect(try await store.lease("a", 50, of: 10) == 10)
            #expect(try await store.lease("a", 0, of: 10) == 0)
            #expect(try await store.lease("a", -5, of: 10) == 0)
            #expect(try await store.lease("a", 5, of: 0) == 0)
            #expect(try await store.leaseShares([], node: "a", at: .at(0), until: .at(9)).isEmpty)
        },
        StoreConformance("nodes that want more than there is come to equal parts as they ask again") { store in
            #expect(try await store.lease("a", 10, of: 10) == 10)
            #expect(try await store.lease("b", 10, of: 10) == 0, "all is out")
            #expect(try await store.lease("a", 10, of: 10) == 5)
            #expect(try await store.lease("b", 10, of: 10) == 5)
            #expect(try await store.lease("c", 10, of: 10) == 0)
            var granted = [Int]()
            for node in ["a", "b", "c", "a", "b", "c"] { granted.append(try await store.lease(node, 10, of: 10)) }
            #expect(granted.suffix(3).reduce(0, +) <= 10 && granted.suffix(3).allSatisfy { $0 >= 3 })
        },
        StoreConformance("who wants little gets it, and the rest is there for the others") { store in
            _ = try await store.lease("a", 2, of: 10)
            #expect(try await store.lease("b", 10, of: 10) == 8)
            #expect(try await store.lease("a", 2, of: 10) == 2)
        },
        StoreConformance("never is more than the limit out, whatever is asked in whatever order") { store in
            var held: [String: Int] = [:]
            var random = SeededRandom(seed: 7)
            for round in 0..<200 {
                let node = ["a", "b", "c", "d"].randomElement(using: &random) ?? "a"
                let wanted = Int.random(in: 0...12, using: &random)
                held[node] = try await store.lease(node, wanted, of: 10, at: Int64(round))
                #expect(held.values.reduce(0, +) <= 10 && (held[node] ?? 0) <= wanted)
            }
        },
        StoreConformance("the part of a dead node comes back when its lease ends, of one that leaves at once") {
            store in
            #expect(try await store.lease("a", 10, of: 10, at: 0) == 10)
            #expect(try await store.lease("b", 10, of: 10, at: 99) == 0)
            #expect(try await store.lease("b", 10, of: 10, at: 100) == 10)
            try await store.releaseShares(node: "b")
            #expect(try await store.lease("a", 10, of: 10, at: 101) == 10)
        },
        StoreConformance("what does not divide goes to each in turn") { store in
            var turns: [String: Int] = ["a": 0, "b": 0]
            for round in 1...40 {
                for node in ["a", "b"] {
                    turns[node, default: 0] += try await store.lease(node, 1, of: 1, at: Int64(round))
                }
            }
            #expect((turns["a"] ?? 0) >= 10 && (turns["b"] ?? 0) >= 10, "\(turns)")
        },
        StoreConformance("limits are divided each for itself, several in one request") { store in
            let wishes = [ShareWish(name: "x", wanted: 5, total: 5), ShareWish(name: "y", wanted: 3, total: 9)]
            let first = try await store.leaseShares(wishes, node: "a", at: .at(0), until: .at(100))
            #expect(first == [5, 3])
            #expect(try await store.leaseShares(wishes, node: "b", at: .at(0), until: .at(100)) == [0, 3])
        },
    ]

    static let spending: [StoreConformance] = [
        StoreConformance("amounts add up per tenant, day and currency") { store in
            func spent(_ tenant: String, _ day: Int, _ nanos: Int64, _ currency: String = "USD") -> Spending {
                Spending(tenant: tenant, day: day, amount: Money(nanos: nanos, currency: currency))
            }
            try await store.addSpending([spent("a", 1, 5), spent("a", 1, 7), spent("a", 1, 1, "EUR"), spent("b", 1, 2)])
            try await store.addSpending([spent("a", 1, 30), spent("a", 2, 100), spent("b", 2, .max), spent("b", 2, 1)])
            try await store.addSpending([])
            let first = try await store.spending(day: 1)
            #expect(Set(first) == [spent("a", 1, 42), spent("a", 1, 1, "EUR"), spent("b", 1, 2)])
            #expect(try await Set(store.spending(day: 2)) == [spent("a", 2, 100), spent("b", 2, .max)])
            try await store.removeSpending(before: 2)
            #expect(try await store.spending(day: 1).isEmpty)
            #expect(try await store.spending(day: 2).count == 2)
        }
    ]
}

extension ShareStore {
    /// Leases a part of one limit for 100 milliseconds.
    fileprivate func lease(_ node: String, _ wanted: Int, of total: Int, at: Int64 = 0) async throws -> Int {
        let wish = ShareWish(name: "rate/shop", wanted: wanted, total: total)
        return try await leaseShares([wish], node: node, at: .at(at), until: .at(at + 100))[0]
    }
}

/// Numbers that are the same in every run (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
