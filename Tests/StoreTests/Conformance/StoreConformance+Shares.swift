import Inventory
import Store
import TestSupport
import Testing

extension StoreConformance {
    static let shares: [StoreConformance] = [
        StoreConformance("a node that is alone gets the whole limit, whatever it wants") { store in
            for wanted in [7, 50, 0, -5] { #expect(try await store.lease("a", wanted, of: 10) == 10) }
            let first = try await store.lease("a", 5, of: 0)
            #expect(first == 0)
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
            let first = try await store.lease("a", 2, of: 10)
            #expect(first == 10)
            #expect(try await store.lease("b", 10, of: 10) == 0)
            #expect(try await store.lease("a", 2, of: 10) == 2)
            #expect(try await store.lease("b", 10, of: 10) == 8)
        },
        StoreConformance("what nobody wants is split evenly") { store in
            _ = try await store.lease("a", 1, of: 9)
            _ = try await store.lease("b", 2, of: 9)
            #expect(try await store.lease("a", 1, of: 9) == 4)
            #expect(try await store.lease("b", 2, of: 9) == 5)
        },
        StoreConformance("what a node says it still uses is nobody else's until it says that it uses less") { store in
            #expect(try await store.lease("a", 10, of: 10) == 10)
            _ = try await store.lease("b", 10, of: 10)
            #expect(try await store.lease("a", 10, of: 10, holds: 10) == 5)
            #expect(try await store.lease("b", 10, of: 10) == 0, "a has not heard yet")
            #expect(try await store.lease("a", 10, of: 10, holds: 7) == 5)
            #expect(try await store.lease("b", 10, of: 10) == 3)
        },
        StoreConformance("a node whose lease has ended holds no more than others have left") { store in
            let first = try await store.lease("a", 10, of: 10, at: 0)
            #expect(first == 10)
            #expect(try await store.lease("b", 8, of: 10, at: 200) == 10)
            #expect(try await store.lease("a", 10, of: 10, at: 201, holds: 10) == 0)
            #expect(try await store.lease("b", 8, of: 10, at: 202, holds: 2) == 5)
        },
        StoreConformance("it is known until when others used a limit") { store in
            let first = try await store.used("a", 0)
            #expect(first == nil)
            #expect(try await store.used("b", 10) == .at(10), "a uses it still")
            try await store.releaseShares(node: "a", at: .at(20))
            try await store.releaseShares(node: "b", at: .at(30))
            #expect(try await store.used("c", 40) == .at(20), "b had nothing")
            #expect(try await store.used("d", 500) == .at(140), "the lease of c ended by itself")
            try await store.releaseShares(node: "d", at: .at(510))
            try await store.removePastShares(before: .at(511))
            let forgotten = try await store.used("e", 600)
            #expect(forgotten == nil)
        },
        StoreConformance("nodes are counted as long as they live") { store in
            _ = try await store.nodeStarted("a", at: .at(0), until: .at(50))
            #expect(try await store.otherNodes(than: "a", at: .at(0)) == 0)
            #expect(try await store.otherNodes(than: "b", at: .at(0)) == 1)
            #expect(try await store.otherNodes(than: "b", at: .at(50)) == 0)
            _ = try await store.nodeLives("b", at: .at(60), until: .at(99))
            #expect(try await store.otherNodes(than: "a", at: .at(60)) == 1)
        },
        StoreConformance("never is more than the limit out, whatever is asked in whatever order") { store in
            var held: [String: Int] = [:]
            var random = SeededRandom(seed: 7)
            for round in 0..<200 {
                let node = ["a", "b", "c", "d"].randomElement(using: &random) ?? "a"
                let wanted = Int.random(in: 0...12, using: &random)
                held[node] = try await store.lease(node, wanted, of: 10, at: Int64(round))
                #expect(held.values.reduce(0, +) <= 10)
            }
        },
        StoreConformance("the part of a dead node comes back when its lease ends, of one that leaves at once") {
            store in
            #expect(try await store.lease("a", 10, of: 10, at: 0) == 10)
            #expect(try await store.lease("b", 10, of: 10, at: 99) == 0)
            #expect(try await store.lease("b", 10, of: 10, at: 100) == 10)
            try await store.releaseShares(node: "b", at: .at(100))
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
            let wishes = [
                ShareWish(name: "x", wanted: 5, holds: 0, total: 5),
                ShareWish(name: "y", wanted: 3, holds: 3, total: 9),
            ]
            let first = try await store.leaseShares(wishes, node: "a", at: .at(0), until: .at(100))
            #expect(first.map(\.part) == [5, 9])
            let second = try await store.leaseShares(wishes, node: "b", at: .at(0), until: .at(100))
            #expect(second.map(\.part) == [0, 0])
            let third = try await store.leaseShares(wishes, node: "a", at: .at(1), until: .at(100))
            #expect(third.map(\.part) == [3, 5])
        },
    ]

    static let quotas: [StoreConformance] = [
        StoreConformance("of a day's limit is never more drawn than there is, whoever draws") { store in
            func draw(_ amount: Int, of limit: Int = 10, day: Int = 1) async throws -> QuotaGrant {
                try await store.drawQuotas([QuotaDraw(name: "shop", day: day, limit: limit, amount: amount)])[0]
            }
            let first = try await draw(6)
            #expect(first == QuotaGrant(amount: 6, left: 4))
            #expect(try await draw(6) == QuotaGrant(amount: 4, left: 0))
            #expect(try await draw(1) == QuotaGrant(amount: 0, left: 0))
            #expect(try await draw(-3) == QuotaGrant(amount: -3, left: 3))
            #expect(try await draw(-90) == QuotaGrant(amount: -7, left: 10))
            #expect(try await draw(.max, of: .max) == QuotaGrant(amount: .max, left: 0))
            #expect(try await draw(1, of: 5) == QuotaGrant(amount: 0, left: 0), "the limit was lowered")
            #expect(try await draw(2, day: 2) == QuotaGrant(amount: 2, left: 8))
            #expect(try await store.drawQuotas([]).isEmpty)
            try await store.removeQuotas(before: 2)
            #expect(try await draw(0) == QuotaGrant(amount: 0, left: 10))
            #expect(try await draw(0, day: 2).left == 8)
        }
    ]

    static let pauses: [StoreConformance] = [
        StoreConformance("a pause is kept until it is over, and no shorter one ends it") { store in
            func pause(_ provider: String, _ until: Int64) -> ProviderPause {
                ProviderPause(provider: provider, until: .at(until))
            }
            try await store.keepPauses([pause("a", 10), pause("b", 90)], at: .at(0))
            try await store.keepPauses([pause("a", 50), pause("b", 20)], at: .at(1))
            try await store.keepPauses([], at: .at(1))
            let kept = try await store.pauses(at: .at(2))
            #expect(Set(kept) == [pause("a", 50), pause("b", 90)])
            #expect(try await store.pauses(at: .at(50)) == [pause("b", 90)])
        }
    ]

    static let spending: [StoreConformance] = [
        StoreConformance("amounts add up per tenant, day and currency") { store in
            func spent(_ tenant: String, _ day: Int, _ nanos: Int64, _ currency: String = "USD") -> Spending {
                Spending(tenant: tenant, day: day, amount: Money(nanos: nanos, currency: currency))
            }
            try await store.addSpending([spent("a", 1, 5), spent("a", 1, 7), spent("a", 1, 1, "EUR"), spent("b", 1, 2)])
            try await store.addSpending([spent("a", 1, 30), spent("a", 2, 100), spent("b", 2, .max), spent("b", 2, 1)])
            try await store.addSpending([])
            try await store.addSpending([spent("a", 1, 9), spent("a", 1, -9)])
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
    fileprivate func lease(
        _ node: String, _ wanted: Int, of total: Int, at: Int64 = 0, holds: Int = 0
    ) async throws -> Int {
        let wish = ShareWish(name: "rate/shop", wanted: wanted, holds: holds, total: total)
        return try await leaseShares([wish], node: node, at: .at(at), until: .at(at + 100))[0].part
    }

    /// Leases a part for 100 milliseconds; until when others used it.
    fileprivate func used(_ node: String, _ at: Int64) async throws -> Timestamp? {
        let wish = ShareWish(name: "rate/shop", wanted: 1, holds: 0, total: 10)
        return try await leaseShares([wish], node: node, at: .at(at), until: .at(at + 100))[0].usedUntil
    }
}
