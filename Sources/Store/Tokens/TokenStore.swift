/// A caller's token as stored: the value itself is never kept, only its SHA-256.
package struct TokenRecord: Sendable, Equatable {
    package var id: String
    package var name: String
    /// Hex SHA-256 of the token's text.
    package var hash: String
    package var scopes: [String]
    package var tenant: String
    package var created: Timestamp
    package var expires: Timestamp?
    package var revoked: Timestamp?

    package init(
        id: String, name: String, hash: String, scopes: [String], tenant: String, created: Timestamp,
        expires: Timestamp?, revoked: Timestamp? = nil
    ) {
        self.id = id
        self.name = name
        self.hash = hash
        self.scopes = scopes
        self.tenant = tenant
        self.created = created
        self.expires = expires
        self.revoked = revoked
    }
}

/// Durable tokens.
package protocol TokenStore: Sendable {
    func save(_ token: TokenRecord) async throws
    func token(hash: String) async throws -> TokenRecord?
    func tokens() async throws -> [TokenRecord]
    /// Returns false if no such token exists.
    func revokeToken(id: String, at: Timestamp) async throws -> Bool
    /// Removes tokens that expired before the moment.
    func removeExpiredTokens(before: Timestamp) async throws
}
