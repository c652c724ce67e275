import GRDB

extension SQLiteStore: ShareStore {
    package func leaseShares(
        _ wishes: [ShareWish], node: String, at: Timestamp, until: Timestamp
    ) async throws -> [Int] {
        guard !wishes.isEmpty else { return [] }
        return try await commits.run { db in
            try db.cachedStatement(sql: "DELETE FROM share WHERE until <= ?").execute(arguments: [at.milliseconds])
            return try wishes.map { try Self.lease($0, node: node, at: at, until: until, db) }
        }
    }

    package func releaseShares(node: String) async throws {
        try await commits.run { db in
            try db.cachedStatement(sql: "DELETE FROM share WHERE node = ?").execute(arguments: [node])
        }
    }

    private static func lease(
        _ wish: ShareWish, node: String, at: Timestamp, until: Timestamp, _ db: Database
    ) throws -> Int {
        let wanted = min(max(0, wish.wanted), max(0, wish.total))
        let find = try db.cachedStatement(sql: "SELECT node, wanted, granted, served FROM share WHERE name = ?")
        let rows = try Row.fetchAll(find, arguments: [wish.name])
        let others = rows.filter { $0["node"] != node }
        let mine = rows.first { $0["node"] == node }
        let served: Int64 = mine?["served"] ?? 0
        let claims =
            others.map { ShareSplit.Claim(node: $0["node"], wanted: $0["wanted"], served: Self.moment($0["served"])) }
            + [ShareSplit.Claim(node: node, wanted: wanted, served: moment(served))]
        let split = ShareSplit(claims, total: wish.total)
        let free = max(0, wish.total - others.reduce(0) { $0 + ($1["granted"] as Int) })
        let granted = min(split.parts[node] ?? 0, free)
        try db.cachedStatement(
            sql: """
                INSERT INTO share (name, node, wanted, granted, until, served) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (name, node) DO UPDATE SET wanted = excluded.wanted, granted = excluded.granted,
                    until = excluded.until, served = excluded.served
                """
        ).execute(arguments: [
            wish.name, node, wanted, granted, until.milliseconds,
            split.served.contains(node) && granted == split.parts[node] ? at.milliseconds : served,
        ])
        return granted
    }

    /// Zero stands for never.
    private static func moment(_ served: Int64) -> Timestamp? {
        served == 0 ? nil : Timestamp(milliseconds: served)
    }
}
