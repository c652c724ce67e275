import Contracts
import Inventory
import Store
import Testing

extension NewIntent {
    /// A write that `node` begins that many milliseconds after the start; its answer is kept for 1000.
    static func sample(
        _ number: Int, key: String? = "k", caller: String = "t_1", fingerprint: String = "f", node: String = "n_1",
        begun: Int64 = 10, operation: String = "create", risk: Risk = .write
    ) -> NewIntent {
        NewIntent(
            callID: "c_\(number)", caller: caller, callerName: "backend", provider: "shop", operation: operation,
            key: key, fingerprint: fingerprint, providerKey: "ft-\(number)", risk: risk, node: node, begun: .at(begun),
            expires: .at(begun + 1000))
    }
}

extension StoredAnswer {
    static let created = StoredAnswer(
        status: 201, fields: [Field("content-type", "application/json"), Field("location", "/v1/orders/7")],
        body: Array(#"{"id": 7}"#.utf8))
}

extension StoreConformance {
    static let intents: [StoreConformance] = [
        StoreConformance("a write is begun once; while it is under way nobody else sends it") { store in
            let first = try await store.begin(.sample(1), mayRepeat: false)
            #expect(first == .begun)
            #expect(
                try await store.begin(.sample(2, begun: 20), mayRepeat: true)
                    == .inFlight(callID: "c_1", since: .at(10)))
            #expect(try await store.unknownIntents().isEmpty)
        },
        StoreConformance("the first answer is given again until it expires, then the key is new") { store in
            _ = try await store.begin(.sample(1), mayRepeat: false)
            #expect(try await store.settle("c_1", .answered(.created), at: .at(15)))
            let again = IntentStart.answered(.created, callID: "c_1", expires: .at(1010))
            #expect(try await store.begin(.sample(2, begun: 1009), mayRepeat: false) == again)
            #expect(try await store.begin(.sample(3, fingerprint: "g", begun: 1010), mayRepeat: false) == .begun)
            #expect(try await store.settle("c_1", .answered(.created), at: .at(1011)) == false, "it was taken over")
        },
        StoreConformance("the same key with another request is a conflict, whatever became of the first") { store in
            let other = NewIntent.sample(2, fingerprint: "g")
            _ = try await store.begin(.sample(1), mayRepeat: false)
            #expect(try await store.begin(other, mayRepeat: true) == .conflict(callID: "c_1"))
            _ = try await store.settle("c_1", .unknown, at: .at(11))
            #expect(try await store.begin(other, mayRepeat: true) == .conflict(callID: "c_1"))
            _ = try await store.settle("c_1", .answered(.created), at: .at(12))
            #expect(try await store.begin(other, mayRepeat: true) == .conflict(callID: "c_1"))
        },
        StoreConformance("callers, operations and keys do not meet") { store in
            let all: [NewIntent] = [
                .sample(1), .sample(2, key: "l"), .sample(3, caller: "t_2"), .sample(4, operation: "cancel"),
                .sample(5, key: nil), .sample(6, key: nil),
            ]
            for intent in all {
                let start = try await store.begin(intent, mayRepeat: false)
                #expect(start == .begun)
            }
        },
        StoreConformance("a write that had no effect may be tried again") { store in
            _ = try await store.begin(.sample(1), mayRepeat: false)
            #expect(try await store.settle("c_1", .noEffect, at: .at(11)))
            #expect(try await store.begin(.sample(2, fingerprint: "g"), mayRepeat: false) == .begun)
            #expect(try await store.settle("c_1", .noEffect, at: .at(12)) == false)
        },
        StoreConformance("an unknown outcome is listed and not repeated, unless the provider honours a key") { store in
            let first = NewIntent.sample(1, risk: .payment)
            _ = try await store.begin(first, mayRepeat: false)
            #expect(try await store.settle("c_1", .unknown, at: .at(11)))
            let record = IntentRecord(
                callID: "c_1", caller: "t_1", callerName: "backend", provider: "shop", operation: "create", key: "k",
                providerKey: "ft-1", risk: .payment, node: "n_1", begun: .at(10), state: .unknown)
            #expect(try await store.unknownIntents() == [record])
            let late = NewIntent.sample(2, begun: 99_999)
            #expect(try await store.begin(late, mayRepeat: false) == .unknown(callID: "c_1", since: .at(10)))
            #expect(try await store.begin(late, mayRepeat: true) == .repeated(callID: "c_1", providerKey: "ft-1"))
            #expect(
                try await store.begin(.sample(3, begun: 99_999), mayRepeat: true)
                    == .inFlight(callID: "c_2", since: .at(10)))
        },
        StoreConformance("a repetition that had no effect leaves the first attempt as unknown as it was") { store in
            _ = try await store.begin(.sample(1), mayRepeat: false)
            _ = try await store.settle("c_1", .unknown, at: .at(11))
            _ = try await store.begin(.sample(2), mayRepeat: true)
            #expect(try await store.settle("c_1", .answered(.created), at: .at(12)) == false, "c_2 has taken over")
            #expect(try await store.settle("c_2", .noEffect, at: .at(12)))
            #expect(try await store.unknownIntents().map(\.callID) == ["c_2"])
            _ = try await store.begin(.sample(3), mayRepeat: true)
            #expect(try await store.settle("c_3", .answered(.created), at: .at(13)))
            #expect(try await store.unknownIntents().isEmpty)
        },
        StoreConformance("an answer is believed whatever was thought before, a second one is not") { store in
            _ = try await store.begin(.sample(1), mayRepeat: false)
            _ = try await store.settle("c_1", .unknown, at: .at(11))
            _ = try await store.resolve("c_1", as: .didNotHappen, by: "ada", at: .at(12))
            #expect(try await store.settle("c_1", .answered(.created), at: .at(13)))
            let other = StoredAnswer(status: 500, fields: [], body: [])
            #expect(try await store.settle("c_1", .answered(other), at: .at(14)) == false)
            guard case .answered(let answer, _, _) = try await store.begin(.sample(2), mayRepeat: false) else {
                Issue.record("the answer is gone")
                return
            }
            #expect(answer == .created)
        },
        StoreConformance("a write without a key leaves nothing once it is answered") { store in
            _ = try await store.begin(.sample(1, key: nil), mayRepeat: false)
            #expect(try await store.settle("c_1", .answered(.created), at: .at(11)))
            #expect(try await store.settle("c_1", .unknown, at: .at(12)) == false)
            #expect(try await store.resolve("c_1", as: .didNotHappen, by: "ada", at: .at(13)) == nil)
        },
        StoreConformance("an outcome without an intent is told, not kept") { store in
            for outcome: IntentOutcome in [.answered(.created), .noEffect, .unknown] {
                let isKept = try await store.settle("c_none", outcome, at: .at(1))
                #expect(!isKept)
            }
        },
        StoreConformance("of a body too long to keep the fact and the length remain") { store in
            let whole = StoredAnswer(
                status: 200, fields: [], body: [UInt8](repeating: 0xFF, count: StoredAnswer.bodyLimit))
            let long = StoredAnswer(
                status: 200, fields: [], body: [UInt8](repeating: 1, count: StoredAnswer.bodyLimit + 1))
            #expect(long.body == nil && long.bodyLength == StoredAnswer.bodyLimit + 1)
            for (number, answer) in [whole, long, StoredAnswer(status: 204, fields: [], body: [])].enumerated() {
                let intent = NewIntent.sample(number, key: "k\(number)")
                _ = try await store.begin(intent, mayRepeat: false)
                _ = try await store.settle(intent.callID, .answered(answer), at: .at(11))
                let again = try await store.begin(intent, mayRepeat: false)
                #expect(again == .answered(answer, callID: intent.callID, expires: .at(1010)))
            }
        },
        StoreConformance("of many that begin one write at once, one may send") { store in
            let starts = try await withThrowingTaskGroup(of: IntentStart.self) { group in
                for number in 1...20 {
                    group.addTask { try await store.begin(.sample(number), mayRepeat: number.isMultiple(of: 2)) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(starts.count { $0 == .begun } == 1)
        },
        StoreConformance("answers expire in the order of their time, what nobody knows never does") { store in
            for number in 1...3 { _ = try await store.begin(.sample(number, key: "k\(number)"), mayRepeat: false) }
            _ = try await store.settle("c_1", .answered(.created), at: .at(11))
            _ = try await store.settle("c_2", .unknown, at: .at(11))
            #expect(try await store.removeExpiredIntents(at: .at(1009)) == 0)
            #expect(try await store.removeExpiredIntents(at: .at(99_999_999)) == 1)
            #expect(try await store.unknownIntents().map(\.callID) == ["c_2"])
            #expect(try await store.begin(.sample(9, key: "k1"), mayRepeat: false) == .begun)
        },
    ]
}
