import GRDB

extension SQLiteStore: QuotaStore {
    package func drawQuotas(_ draws: [QuotaDraw]) async throws -> [QuotaGrant] {
        guard !draws.isEmpty else { return [] }
        return try await commits.run { db in try draws.map { try Self.draw($0, db) } }
    }

    package func removeQuotas(before day: Int) async throws {
        try await commits.run { db in
            try db.cachedStatement(sql: "DELETE FROM quota WHERE day < ?").execute(arguments: [day])
        }
    }

    private static func draw(_ draw: QuotaDraw, _ db: Database) throws -> QuotaGrant {
        let find = try db.cachedStatement(sql: "SELECT used FROM quota WHERE day = ? AND name = ?")
        let used = try Int.fetchOne(find, arguments: [draw.day, draw.name]) ?? 0
        let left = max(0, draw.limit - used)
        let amount = min(max(draw.amount, -used), left)
        if amount != 0 {
            try db.cachedStatement(sql: "INSERT OR REPLACE INTO quota (day, name, used) VALUES (?, ?, ?)")
                .execute(arguments: [draw.day, draw.name, used + amount])
        }
        return QuotaGrant(amount: amount, left: max(0, draw.limit - used - amount))
    }
}
