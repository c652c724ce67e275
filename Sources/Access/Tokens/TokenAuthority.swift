package import Store
import Synchronization

/// Issues, recognises and revokes callers' tokens.
package final class TokenAuthority: Sendable {
    private static let cacheLimit = 1024
    private static let cacheLifetime: Duration = .seconds(5)
    private static let nameLimit = 100

    private let store: any TokenStore
    private let ids: any IDSource
    private let clock: any WallClock
    private let revocations = Atomic<Int>(0)
    private let cache = Mutex(TokenCache(limit: cacheLimit, lifetime: cacheLifetime))

    package init(store: any TokenStore, ids: any IDSource, clock: any WallClock) {
        self.store = store
        self.ids = ids
        self.clock = clock
    }

    /// Makes a token, durable before it is returned.
    ///
    /// `ttl` nil means until revoked. With an `issuer` (nil: Footing itself or the machine's owner) the token may not be
    /// allowed more, serve another tenant or last longer than the issuer's own, unless that is `admin`
    /// (`.scopeExceeded`).
    package func issue(
        name: String, scopes: [String], tenant: String = "main", ttl: Duration? = nil, issuer: Caller? = nil
    ) async throws -> IssuedToken {
        let text = TokenText.random()
        let record = try record(text, name: name, scopes: scopes, tenant: tenant, ttl: ttl)
        try check(record, issuer)
        try await store.save(record)
        return IssuedToken(text: text.text, record: record)
    }

    /// Stores a record for a text that is known already (the machine's own token after its state was lost).
    func adopt(_ text: TokenText, name: String, scopes: [String], tenant: String) async throws {
        try await store.save(try record(text, name: name, scopes: scopes, tenant: tenant, ttl: nil))
    }

    /// Throws `StoreError` when the store cannot be asked; what the token is worth is in the verdict.
    package func verify(_ text: String) async throws -> TokenVerdict {
        guard let token = TokenText(parsing: text) else { return .refused(.malformed) }
        let hash = token.hash
        if let known = known(hash) { return known }
        let generation = cache.withLock { $0.generation }
        guard let record = try await store.token(hash: hash) else { return .refused(.unknown) }
        let caller = Caller(record)
        cache.withLock { $0.keep(record, caller, now: clock.uptime(), generation: generation) }
        return verdict(record, caller)
    }

    /// `verify` for callers that cannot suspend: nil when the store must be asked.
    package func verifyCached(_ text: String) -> TokenVerdict? {
        guard let token = TokenText(parsing: text) else { return .refused(.malformed) }
        return known(token.hash)
    }

    /// Effective at once in this process, within five seconds in others; returns false if no such token exists.
    package func revoke(_ id: String) async throws -> Bool {
        let found = try await store.revokeToken(id: id, at: clock.now())
        cache.withLock { $0.forget(id: id) }
        revocations.add(1, ordering: .releasing)
        return found
    }

    /// Grows with every revocation in this process: what was kept of a verdict before is not to be believed any more.
    package var generation: Int { revocations.load(ordering: .acquiring) }

    /// All tokens, never their texts.
    package func list() async throws -> [TokenRecord] {
        try await store.tokens()
    }

    /// Forgets tokens that expired more than a day ago; until then a caller is told `expired` instead of `unknown`.
    package func removeExpired() async throws {
        try await store.removeExpiredTokens(before: clock.now() - .seconds(86_400))
    }

    private func known(_ hash: String) -> TokenVerdict? {
        cache.withLock { $0.find(hash, now: clock.uptime()) }.map { verdict($0.record, $0.caller) }
    }

    private func verdict(_ record: TokenRecord, _ caller: Caller) -> TokenVerdict {
        if record.revoked != nil { return .refused(.revoked) }
        if let expires = record.expires, expires <= clock.now() { return .refused(.expired) }
        return .accepted(caller)
    }

    private func record(
        _ text: TokenText, name: String, scopes: [String], tenant: String, ttl: Duration?
    ) throws(AccessError) -> TokenRecord {
        let controls = name.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
        guard !name.isEmpty, name.utf8.count <= Self.nameLimit, !controls else {
            throw AccessError(.tokenInvalid, "A token's name has 1 to \(Self.nameLimit) printable characters.")
        }
        guard Names.isName(tenant) else {
            throw AccessError(.tokenInvalid, "A tenant's name has small letters, digits and hyphens.")
        }
        guard !scopes.isEmpty else {
            throw AccessError(.scopeInvalid, "A token needs at least one scope, e.g. call:rents.search or admin.")
        }
        if let ttl, ttl <= .zero {
            throw AccessError(.tokenInvalid, "A token's lifetime is longer than zero.")
        }
        var parsed: [Scope] = []
        for scope in scopes {
            let scope = try Scope(parsing: scope)
            if !parsed.contains(scope) { parsed.append(scope) }
        }
        let now = clock.now()
        return TokenRecord(
            id: ids.next("t_"), name: name, hash: text.hash, scopes: parsed.map(\.description), tenant: tenant,
            created: now, expires: ttl.map { now + $0 })
    }

    private func check(_ record: TokenRecord, _ issuer: Caller?) throws(AccessError) {
        guard let issuer, !issuer.isAdmin else { return }
        let caller = Caller(record)
        if let excess = caller.scopes.first(where: { !issuer.allows($0) }) {
            throw AccessError(.scopeExceeded, "Your own token does not allow \(excess), so you cannot pass it on.")
        }
        guard record.tenant == issuer.tenant else {
            throw AccessError(.scopeExceeded, "You can only issue tokens of your own tenant.")
        }
        if let limit = issuer.expires, record.expires.map({ $0 > limit }) ?? true {
            throw AccessError(.scopeExceeded, "A token you issue cannot last longer than your own, until \(limit).")
        }
    }
}
