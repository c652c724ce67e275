import Contracts
import Store
import Testing

extension StoreConformance {
    static let resolving: [StoreConformance] = [
        StoreConformance("what a dead node had under way becomes unknown, what a living one has does not") { store in
            #expect(try await store.nodeStarted("n_1", at: .at(0), until: .at(100)).isEmpty)
            _ = try await store.begin(.sample(1, node: "n_1"), mayRepeat: false)
            #expect(try await store.nodeLives("n_1", at: .at(90), until: .at(190)).isEmpty)
            #expect(try await store.unknownIntents().isEmpty)
            let lost = try await store.nodeStarted("n_2", at: .at(190), until: .at(290))
            #expect(lost.map(\.callID) == ["c_1"] && lost.map(\.state) == [.unknown])
            #expect(try await store.unknownIntents() == lost)
            #expect(try await store.nodeLives("n_2", at: .at(200), until: .at(300)).isEmpty)
            #expect(try await store.settle("c_1", .answered(.created), at: .at(210)), "its answer came after all")
        },
        StoreConformance("a heartbeat finds the nodes whose time has run out") { store in
            _ = try await store.nodeStarted("n_2", at: .at(0), until: .at(1000))
            _ = try await store.nodeLives("n_1", at: .at(0), until: .at(100))
            _ = try await store.begin(.sample(1, node: "n_1"), mayRepeat: false)
            _ = try await store.begin(.sample(2, key: "l", node: "n_2"), mayRepeat: false)
            #expect(try await store.nodeLives("n_2", at: .at(99), until: .at(1000)).isEmpty)
            #expect(try await store.nodeLives("n_2", at: .at(100), until: .at(1000)).map(\.callID) == ["c_1"])
        },
        StoreConformance("a node that ends leaves nothing under way") { store in
            _ = try await store.nodeStarted("n_1", at: .at(0), until: .at(100))
            _ = try await store.begin(.sample(1, key: nil, node: "n_1"), mayRepeat: false)
            try await store.nodeEnded("n_1", at: .at(50))
            #expect(try await store.unknownIntents().map(\.callID) == ["c_1"])
        },
        StoreConformance("a write that a person knows to have happened answers for itself, and expires") { store in
            _ = try await store.begin(.sample(1), mayRepeat: false)
            _ = try await store.settle("c_1", .unknown, at: .at(11))
            let record = try await store.resolve("c_1", as: .happened(status: 201), by: "ada", at: .at(20))
            #expect(record?.state == .happened && record?.settledBy == "ada" && record?.settled == .at(20))
            #expect(try await store.unknownIntents().isEmpty)
            let start = try await store.begin(.sample(2), mayRepeat: true)
            guard case .answered(let answer, "c_1", let expires) = start else {
                Issue.record("\(start)")
                return
            }
            #expect(answer.status == 201 && answer.body == nil && answer.settledBy == "ada" && answer.fields.isEmpty)
            #expect(expires == .at(20) + NewIntent.lifetime)
            #expect(try await store.removeExpiredIntents(at: expires) == 1)
        },
        StoreConformance("happened without a status is a plain success") { store in
            _ = try await store.begin(.sample(1), mayRepeat: false)
            _ = try await store.settle("c_1", .unknown, at: .at(11))
            _ = try await store.resolve("c_1", as: .happened(status: nil), by: "ada", at: .at(20))
            guard case .answered(let answer, _, _) = try await store.begin(.sample(2), mayRepeat: false) else {
                Issue.record("not answered")
                return
            }
            #expect(answer.status == 200)
        },
        StoreConformance("a write that a person knows not to have happened may be tried again") { store in
            _ = try await store.begin(.sample(1), mayRepeat: false)
            _ = try await store.settle("c_1", .unknown, at: .at(11))
            let record = try await store.resolve("c_1", as: .didNotHappen, by: "ada", at: .at(20))
            #expect(record?.state == .notHappened)
            #expect(try await store.unknownIntents().isEmpty)
            #expect(try await store.begin(.sample(2, fingerprint: "g"), mayRepeat: false) == .begun)
        },
        StoreConformance("only an unknown outcome is for people to settle, and only once") { store in
            _ = try await store.begin(.sample(1), mayRepeat: false)
            let inFlight = try await store.resolve("c_1", as: .didNotHappen, by: "ada", at: .at(20))
            #expect(inFlight?.state == .inFlight && inFlight?.settledBy == nil)
            _ = try await store.settle("c_1", .unknown, at: .at(21))
            _ = try await store.resolve("c_1", as: .happened(status: nil), by: "ada", at: .at(22))
            let second = try await store.resolve("c_1", as: .didNotHappen, by: "bob", at: .at(23))
            #expect(second?.state == .happened && second?.settledBy == "ada")
            #expect(try await store.resolve("c_none", as: .didNotHappen, by: "bob", at: .at(24)) == nil)
        },
    ]
}
