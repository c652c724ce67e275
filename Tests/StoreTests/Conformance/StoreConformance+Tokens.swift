import Store
import Testing

extension StoreConformance {
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
