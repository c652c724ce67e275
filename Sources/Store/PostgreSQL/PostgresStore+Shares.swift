extension PostgresStore: ShareStore {
    package func leaseShares(
        _ wishes: [ShareWish], node: String, at: Timestamp, until: Timestamp
    ) async throws -> [ShareGrant] {
        guard !wishes.isEmpty else { return [] }
        return try await commits.run { transaction in
            // One node divides at a time: what is out must be known to whoever gives out more.
            try transaction.lock("shares")
            try Self.end("until <= $2", .int(at), at: at, transaction)
            return try wishes.map { try Self.lease($0, node: node, at: at, until: until, transaction) }
        }
    }

    package func releaseShares(node: String, at: Timestamp) async throws {
        try await commits.run { transaction in
            try transaction.lock("shares")
            try Self.end("node = $2", .text(node), at: at, transaction)
        }
    }

    package func otherNodes(than node: String, at: Timestamp) async throws -> Int {
        try await readers.query(
            "SELECT count(*) AS count FROM node WHERE id <> $1 AND until > $2", [.text(node), .int(at)]
        ).first?.int("count") ?? 0
    }

    package func removePastShares(before: Timestamp) async throws {
        try await commits.run { transaction in
            _ = try transaction.execute("DELETE FROM share_past WHERE until < $1", [.int(before)])
        }
    }

    /// Ends leases, and remembers until when they were in use: no later than now.
    private static func end(
        _ which: String, _ value: PostgresValue, at: Timestamp, _ transaction: PostgresTransaction
    ) throws {
        try transaction.execute(
            """
            WITH over AS (DELETE FROM share WHERE \(which) RETURNING name, until, granted)
            INSERT INTO share_past (name, until)
                SELECT name, least(max(until), $1::bigint) FROM over WHERE granted > 0 GROUP BY name
            ON CONFLICT (name) DO UPDATE SET until = greatest(share_past.until, excluded.until)
            """, [.int(at), value])
    }

    private static func lease(
        _ wish: ShareWish, node: String, at: Timestamp, until: Timestamp, _ transaction: PostgresTransaction
    ) throws -> ShareGrant {
        let total = max(0, wish.total)
        let wanted = min(max(0, wish.wanted), total)
        let found = try transaction.run([
            PostgresStatement("SELECT node, wanted, granted, served FROM share WHERE name = $1", [.text(wish.name)]),
            PostgresStatement("SELECT until FROM share_past WHERE name = $1", [.text(wish.name)]),
        ])
        var claims: [ShareSplit.Claim] = []
        var out = 0
        var served: Int64 = 0
        for row in found[0].map({ $0 }) {
            let holder = try row.text("node")
            if holder == node {
                served = try row.int64("served")
            } else {
                out += try row.int("granted")
                claims.append(
                    ShareSplit.Claim(
                        node: holder, wanted: try row.int("wanted"), served: moment(try row.int64("served"))))
            }
        }
        claims.append(ShareSplit.Claim(node: node, wanted: wanted, served: moment(served)))
        let split = ShareSplit(claims, total: total)
        let free = max(0, total - out)
        let part = split.parts[node] ?? 0
        let granted = min(part, free)
        try transaction.execute(
            """
            INSERT INTO share (name, node, wanted, granted, until, served) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (name, node) DO UPDATE SET wanted = excluded.wanted, granted = excluded.granted,
                until = excluded.until, served = excluded.served
            """,
            [
                .text(wish.name), .text(node), .int(wanted), .int(min(max(granted, wish.holds), free)), .int(until),
                .int(split.served.contains(node) && granted == part ? at.milliseconds : served),
            ])
        return ShareGrant(part: granted, usedUntil: out > 0 ? at : found[1].first?.optionalMoment("until"))
    }

    /// Zero stands for never.
    private static func moment(_ served: Int64) -> Timestamp? {
        served == 0 ? nil : Timestamp(milliseconds: served)
    }
}
