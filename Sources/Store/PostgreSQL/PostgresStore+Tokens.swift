import Contracts

extension PostgresStore: TokenStore {
    private static let tokenColumns = "id, name, hash, scopes, tenant, created, expires, revoked"

    /// Stores the token or replaces the one with the same id.
    package func save(_ token: TokenRecord) async throws {
        let scopes = JSONValue(token.scopes).text
        try await commits.run { transaction in
            _ = try transaction.execute(
                """
                INSERT INTO token (\(Self.tokenColumns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, hash = excluded.hash, scopes = excluded.scopes,
                    tenant = excluded.tenant, created = excluded.created, expires = excluded.expires,
                    revoked = excluded.revoked
                """,
                [
                    .text(token.id), .text(token.name), .text(token.hash), .text(scopes), .text(token.tenant),
                    .int(token.created), .int(token.expires), .int(token.revoked),
                ])
        }
    }

    package func token(hash: String) async throws -> TokenRecord? {
        try await readers.query("SELECT \(Self.tokenColumns) FROM token WHERE hash = $1", [.text(hash)]).first
            .map(TokenRecord.init(row:))
    }

    /// All tokens, the oldest first.
    package func tokens() async throws -> [TokenRecord] {
        try await readers.query("SELECT \(Self.tokenColumns) FROM token ORDER BY created, id")
            .map(TokenRecord.init(row:))
    }

    /// A token that was revoked before keeps its first moment.
    package func revokeToken(id: String, at: Timestamp) async throws -> Bool {
        try await commits.run { transaction in
            try transaction.execute(
                "UPDATE token SET revoked = coalesce(revoked, $2) WHERE id = $1", [.text(id), .int(at)]
            ).affected == 1
        }
    }

    package func removeExpiredTokens(before: Timestamp) async throws {
        try await commits.run { transaction in
            _ = try transaction.execute("DELETE FROM token WHERE expires < $1", [.int(before)])
        }
    }
}

extension TokenRecord {
    fileprivate init(row: PostgresRow) throws(StoreError) {
        let id = try row.text("id")
        guard let scopes = try StoredJSON.value(row.text("scopes"), "scopes of token \(id)").arrayValue else {
            throw StoreError.damagedRow("scopes of token \(id)")
        }
        self.init(
            id: id, name: try row.text("name"), hash: try row.text("hash"), scopes: scopes.compactMap(\.stringValue),
            tenant: try row.text("tenant"), created: try row.moment("created"), expires: row.optionalMoment("expires"),
            revoked: row.optionalMoment("revoked"))
    }
}
