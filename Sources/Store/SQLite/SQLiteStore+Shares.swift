import GRDB

extension SQLiteStore: ShareStore {
    package func leaseShares(
        _ wishes: [ShareWish], node: String, at: Timestamp, until: Timestamp
    ) async throws -> [ShareGrant] {
        guard !wishes.isEmpty else { return [] }
        return try await commits.run { db in
            try Self.end("until <= ?", [at.milliseconds], at: at, db)
            return try wishes.map { try Self.lease($0, node: node, at: at, until: until, db) }
        }
    }

    package func releaseShares(node: String, at: Timestamp) async throws {
        try await commits.run { db in try Self.end("node = ?", [node], at: at, db) }
    }

    package func otherNodes(than node: String, at: Timestamp) async throws -> Int {
        try await read { db in
            let count = try db.cachedStatement(sql: "SELECT COUNT(*) FROM node WHERE id <> ? AND until > ?")
            return try Int.fetchOne(count, arguments: [node, at.milliseconds]) ?? 0
        }
    }

    package func removePastShares(before: Timestamp) async throws {
        try await commits.run { db in
            try db.cachedStatement(sql: "DELETE FROM share_past WHERE until < ?")
                .execute(arguments: [before.milliseconds])
        }
    }

    /// Ends leases, and remembers until when they were in use: no later than now.
    static func end(_ which: String, _ arguments: StatementArguments, at: Timestamp, _ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO share_past (name, until)
                    SELECT name, min(max(until), ?) FROM share WHERE granted > 0 AND \(which) GROUP BY name
                ON CONFLICT (name) DO UPDATE SET until = max(until, excluded.until)
                """
        ).execute(arguments: [at.milliseconds] + arguments)
        try db.cachedStatement(sql: "DELETE FROM share WHERE \(which)").execute(arguments: arguments)
    }

    private static func lease(
        _ wish: ShareWish, node: String, at: Timestamp, until: Timestamp, _ db: Database
    ) throws -> ShareGrant {
        let total = max(0, wish.total)
        let wanted = min(max(0, wish.wanted), total)
        let find = try db.cachedStatement(sql: "SELECT node, wanted, granted, served FROM share WHERE name = ?")
        let rows = try Row.fetchAll(find, arguments: [wish.name])
        let others = rows.filter { $0["node"] != node }
        let mine = rows.first { $0["node"] == node }
        let served: Int64 = mine?["served"] ?? 0
        let claims =
            others.map { ShareSplit.Claim(node: $0["node"], wanted: $0["wanted"], served: Self.moment($0["served"])) }
            + [ShareSplit.Claim(node: node, wanted: wanted, served: moment(served))]
        let split = ShareSplit(claims, total: total)
        let out = others.reduce(0) { $0 + ($1["granted"] as Int) }
        let free = max(0, total - out)
        let part = split.parts[node] ?? 0
        let granted = min(part, free)
        try db.cachedStatement(
            sql: """
                INSERT INTO share (name, node, wanted, granted, until, served) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (name, node) DO UPDATE SET wanted = excluded.wanted, granted = excluded.granted,
                    until = excluded.until, served = excluded.served
                """
        ).execute(arguments: [
            wish.name, node, wanted, min(max(granted, wish.holds), free), until.milliseconds,
            split.served.contains(node) && granted == part ? at.milliseconds : served,
        ])
        return ShareGrant(part: granted, usedUntil: out > 0 ? at : try past(wish.name, db))
    }

    private static func past(_ name: String, _ db: Database) throws -> Timestamp? {
        let find = try db.cachedStatement(sql: "SELECT until FROM share_past WHERE name = ?")
        return try Int64.fetchOne(find, arguments: [name]).map { Timestamp(milliseconds: $0) }
    }

    /// Zero stands for never.
    private static func moment(_ served: Int64) -> Timestamp? {
        served == 0 ? nil : Timestamp(milliseconds: served)
    }
}
