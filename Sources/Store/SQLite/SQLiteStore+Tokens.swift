import Contracts
import GRDB

extension SQLiteStore: TokenStore {
    /// Stores the token or replaces the one with the same id.
    package func save(_ token: TokenRecord) async throws {
        let scopes = JSONValue(token.scopes).text
        try await commits.run { db in
            try db.cachedStatement(
                sql: """
                    INSERT INTO token (id, name, hash, scopes, tenant, created, expires, revoked)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET name = excluded.name, hash = excluded.hash,
                        scopes = excluded.scopes, tenant = excluded.tenant, created = excluded.created,
                        expires = excluded.expires, revoked = excluded.revoked
                    """
            ).execute(arguments: [
                token.id, token.name, token.hash, scopes, token.tenant, token.created.milliseconds,
                token.expires?.milliseconds, token.revoked?.milliseconds,
            ])
        }
    }

    package func token(hash: String) async throws -> TokenRecord? {
        try await read { db in
            let statement = try db.cachedStatement(sql: "SELECT * FROM token WHERE hash = ?")
            return try Row.fetchOne(statement, arguments: [hash]).map(TokenRecord.init(row:))
        }
    }

    /// All tokens, the oldest first.
    package func tokens() async throws -> [TokenRecord] {
        try await read { db in
            let statement = try db.cachedStatement(sql: "SELECT * FROM token ORDER BY created, id")
            return try Row.fetchAll(statement).map(TokenRecord.init(row:))
        }
    }

    /// A token that was revoked before keeps its first moment.
    package func revokeToken(id: String, at: Timestamp) async throws -> Bool {
        try await commits.run { db in
            try db.cachedStatement(sql: "UPDATE token SET revoked = coalesce(revoked, ?) WHERE id = ?")
                .execute(arguments: [at.milliseconds, id])
            return db.changesCount == 1
        }
    }

    package func removeExpiredTokens(before: Timestamp) async throws {
        try await commits.run { db in
            try db.cachedStatement(sql: "DELETE FROM token WHERE expires < ?").execute(arguments: [before.milliseconds])
        }
    }
}

extension TokenRecord {
    fileprivate init(row: Row) throws(StoreError) {
        let id: String = row["id"]
        guard let scopes = try StoredJSON.value(row["scopes"], "scopes of token \(id)").arrayValue else {
            throw StoreError.damagedRow("scopes of token \(id)")
        }
        self.init(
            id: id, name: row["name"], hash: row["hash"], scopes: scopes.compactMap(\.stringValue),
            tenant: row["tenant"], created: Timestamp(milliseconds: row["created"]),
            expires: Timestamp(column: row["expires"]), revoked: Timestamp(column: row["revoked"]))
    }
}
