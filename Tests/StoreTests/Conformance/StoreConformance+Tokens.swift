import Contracts
import Store
import Testing

extension StoreConformance {
    static let intents = [
        StoreConformance("an intent is begun once, unknown until settled, then answers for itself") { store in
            func begin(_ call: String) async throws -> IntentState {
                try await store.beginIntent(key: "k", callID: call, provider: "p", operation: "o", at: .at(1))
            }
            #expect(try await begin("c_1") == .begun)
            #expect(try await begin("c_2") == .unknown(callID: "c_1"))
            let record = IntentRecord(key: "k", callID: "c_1", provider: "p", operation: "o", begun: .at(1))
            #expect(try await store.unknownIntents() == [record])
            try await store.settleIntent(key: "k", status: 201, body: ["id": 7], at: .at(2))
            try await store.settleIntent(key: "k", status: 500, body: "late", at: .at(3))
            #expect(try await begin("c_3") == .settled(status: 201, body: ["id": 7]))
            #expect(try await store.unknownIntents().isEmpty)
        },
        StoreConformance("a dropped intent may be tried again; a settled one is not dropped") { store in
            func begin() async throws -> IntentState {
                try await store.beginIntent(key: "k", callID: "c", provider: "p", operation: "o", at: .at(1))
            }
            _ = try await begin()
            try await store.dropIntent(key: "k")
            #expect(try await begin() == .begun)
            try await store.settleIntent(key: "k", status: 204, body: .null, at: .at(2))
            try await store.dropIntent(key: "k")
            #expect(try await begin() == .settled(status: 204, body: .null))
        },
        StoreConformance("an outcome without an intent is refused") { store in
            let code = await storeError { try await store.settleIntent(key: "x", status: 1, body: 1, at: .at(1)) }
            #expect(code == .failed)
        },
        StoreConformance("of many that begin one intent at once, one may send") { store in
            let states = try await withThrowingTaskGroup(of: IntentState.self) { group in
                for call in 1...20 {
                    group.addTask {
                        try await store.beginIntent(
                            key: "k", callID: "c_\(call)", provider: "p", operation: "o", at: .at(1))
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(states.count { $0 == .begun } == 1)
        },
    ]

    static let tokens = [
        StoreConformance("a token is found by its hash alone") { store in
            let token = TokenRecord.sample(1, expires: .at(100))
            try await store.save(token)
            #expect(try await store.token(hash: token.hash) == token)
            #expect(try await store.token(hash: token.id) == nil)
            #expect(try await store.token(hash: "") == nil)
        },
        StoreConformance("a token saved again is replaced; two never share a hash") { store in
            var token = TokenRecord.sample(1)
            try await store.save(token)
            token.name = "renamed"
            try await store.save(token)
            #expect(try await store.tokens() == [token])
            token.id = "t_2"
            await expectStoreError(.failed) { [token] in try await store.save(token) }
        },
        StoreConformance("a revoked token stays, with the moment of its first revocation") { store in
            try await store.save(.sample(1))
            #expect(try await store.revokeToken(id: "t_1", at: .at(5)))
            #expect(try await store.revokeToken(id: "t_1", at: .at(6)))
            #expect(try await store.revokeToken(id: "t_none", at: .at(6)) == false)
            #expect(try await store.tokens().map(\.revoked) == [.at(5)])
        },
        StoreConformance("expired tokens are removed, others stay, oldest first") { store in
            try await store.save(.sample(3, expires: .at(100)))
            try await store.save(.sample(2, expires: .at(50)))
            try await store.save(.sample(1))
            try await store.removeExpiredTokens(before: .at(100))
            #expect(try await store.tokens().map(\.id) == ["t_1", "t_3"])
        },
    ]
}

extension TokenRecord {
    static func sample(_ number: Int, expires: Timestamp? = nil) -> TokenRecord {
        TokenRecord(
            id: "t_\(number)", name: "token \(number)", hash: "hash\(number)", scopes: ["call:*", "task:report"],
            tenant: "main", created: .at(Int64(number)), expires: expires)
    }
}
