import Access
import Store
import TestSupport
import Testing

@Suite("Tokens")
struct TokenAuthorityTests {
    private let folder: TemporaryFolder
    private let clock = ManualClock()
    private let ids = SequentialIDs()
    private let store: SQLiteStore

    init() throws {
        folder = try TemporaryFolder()
        store = try SQLiteStore.open(path: folder.file("state.db"))
    }

    private func authority() -> TokenAuthority {
        TokenAuthority(store: store, ids: ids, clock: clock)
    }

    @Test("an issued token is recognised with its scopes; its text is stored nowhere")
    func issue() async throws {
        let authority = authority()
        let token = try await authority.issue(name: "browser", scopes: ["call:rents.*", "task:*", "task:*"])
        #expect(token.text.hasPrefix("ft_") && token.text.utf8.count == 46)
        let caller = try #require(try await authority.verify(token.text).caller)
        #expect(
            caller
                == Caller(id: token.record.id, name: "browser", tenant: "main", scopes: [.provider("rents"), .tasks]))
        #expect(authority.verifyCached(token.text) == .accepted(caller))
        #expect(!"\(token)".contains(token.text) && !String(reflecting: token).contains(token.text))
        for file in ["state.db", "state.db-wal"] {
            #expect(!String(decoding: try folder.read(file), as: UTF8.self).contains(token.text.dropFirst(3)))
        }
    }

    @Test("two tokens are never alike")
    func unique() async throws {
        let authority = authority()
        var texts: Set<String> = []
        for _ in 1...50 { texts.insert(try await authority.issue(name: "a", scopes: ["admin"]).text) }
        #expect(texts.count == 50)
    }

    @Test(
        "what cannot be a token is refused without asking the store",
        arguments: [
            "", "ft_", "Bearer x", "ft_" + String(repeating: "a", count: 42), "ft_" + String(repeating: "a", count: 44),
            "FT_" + String(repeating: "a", count: 43), "ft_" + String(repeating: "ä", count: 21) + "a",
            "ft_" + String(repeating: "a", count: 42) + "\n", String(repeating: "x", count: 100_000),
        ])
    func malformed(_ text: String) async throws {
        try store.close()
        #expect(try await authority().verify(text) == .refused(.malformed))
    }

    @Test("a token that was never issued is unknown")
    func unknown() async throws {
        let authority = authority()
        let text = "ft_" + String(repeating: "a", count: 43)
        #expect(try await authority.verify(text) == .refused(.unknown))
        #expect(authority.verifyCached(text) == nil)
    }

    @Test("a token ends at its moment, also when it was used just before")
    func expiry() async throws {
        let authority = authority()
        let token = try await authority.issue(name: "a", scopes: ["admin"], ttl: .seconds(2))
        #expect(try await authority.verify(token.text).caller != nil)
        clock.advance(by: .milliseconds(1999))
        #expect(try await authority.verify(token.text).caller != nil)
        clock.advance(by: .milliseconds(1))
        #expect(try await authority.verify(token.text) == .refused(.expired))
        try await authority.removeExpired()
        #expect(try await authority.verify(token.text) == .refused(.expired))
        clock.advance(by: .seconds(86_401))
        try await authority.removeExpired()
        #expect(try await authority.verify(token.text) == .refused(.unknown))
    }

    @Test("a revocation works at once here, and within seconds in another process")
    func revocation() async throws {
        let (here, elsewhere) = (authority(), authority())
        let token = try await here.issue(name: "a", scopes: ["admin"])
        _ = try await here.verify(token.text)
        _ = try await elsewhere.verify(token.text)
        #expect(try await here.revoke(token.record.id))
        #expect(try await here.verify(token.text) == .refused(.revoked))
        #expect(try await elsewhere.verify(token.text).caller != nil)
        clock.advance(by: .seconds(5))
        #expect(elsewhere.verifyCached(token.text) == nil)
        #expect(try await elsewhere.verify(token.text) == .refused(.revoked))
        #expect(try await here.revoke("t_none") == false)
        #expect(try await here.list().map(\.id) == [token.record.id])
    }

    @Test("an issuer cannot pass on more than it has, for longer, or to another tenant")
    func exceeding() async throws {
        let authority = authority()
        let issued = try await authority.issue(
            name: "issuer", scopes: ["call:rents.*", "task:report"], ttl: .seconds(60))
        let issuer = try #require(try await authority.verify(issued.text).caller)
        _ = try await authority.issue(name: "a", scopes: ["call:rents.search"], ttl: .seconds(60), issuer: issuer)
        for scope in ["call:*", "call:transit.x", "task:*", "admin"] {
            let error = await expectAccessError(.scopeExceeded) {
                _ = try await authority.issue(name: "a", scopes: [scope], ttl: .seconds(1), issuer: issuer)
            }
            #expect(error?.reason.contains(scope) == true)
        }
        await expectAccessError(.scopeExceeded) {
            _ = try await authority.issue(name: "a", scopes: ["task:report"], ttl: .seconds(61), issuer: issuer)
        }
        await expectAccessError(.scopeExceeded) {
            _ = try await authority.issue(name: "a", scopes: ["task:report"], issuer: issuer)
        }
        await expectAccessError(.scopeExceeded) {
            _ = try await authority.issue(
                name: "a", scopes: ["task:report"], tenant: "other", ttl: .seconds(1), issuer: issuer)
        }
        let admin = Caller(id: "t", name: "admin", tenant: "main", scopes: [.admin], expires: clock.now())
        _ = try await authority.issue(name: "a", scopes: ["admin", "call:*"], tenant: "other", issuer: admin)
    }

    @Test("nameless, scopeless and past tokens are not issued")
    func invalid() async {
        let authority = authority()
        for name in ["", "a\nb", String(repeating: "x", count: 101)] {
            await expectAccessError(.tokenInvalid) { _ = try await authority.issue(name: name, scopes: ["admin"]) }
        }
        await expectAccessError(.scopeInvalid) { _ = try await authority.issue(name: "a", scopes: []) }
        await expectAccessError(.scopeInvalid) { _ = try await authority.issue(name: "a", scopes: ["everything"]) }
        await expectAccessError(.tokenInvalid) {
            _ = try await authority.issue(name: "a", scopes: ["admin"], tenant: "A B")
        }
        await expectAccessError(.tokenInvalid) {
            _ = try await authority.issue(name: "a", scopes: ["admin"], ttl: .zero)
        }
    }

    @Test("a stored scope that is not understood any more allows nothing")
    func staleScope() async throws {
        let authority = authority()
        let token = try await authority.issue(name: "a", scopes: ["task:report"])
        var record = token.record
        record.scopes = ["everything", "task:report"]
        try await store.save(record)
        #expect(try await authority.verify(token.text).caller?.scopes == [.recipe("report")])
    }

    @Test("a store that fails is an error, not a refusal")
    func storeFails() async throws {
        try store.close()
        await #expect(throws: StoreError.self) {
            _ = try await authority().verify("ft_" + String(repeating: "a", count: 43))
        }
    }
}
