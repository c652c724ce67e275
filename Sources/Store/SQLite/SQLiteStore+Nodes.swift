import GRDB

/// One process serves a state file: a node that starts takes every other one for dead.
extension SQLiteStore {
    package func nodeStarted(_ node: String, at: Timestamp, until: Timestamp) async throws -> [IntentRecord] {
        try await commits.run { db in
            try db.cachedStatement(sql: "DELETE FROM node WHERE id <> ?").execute(arguments: [node])
            try Self.end("node <> ?", [node], at: at, db)
            return try Self.keepAlive(node, at: at, until: until, db)
        }
    }

    package func nodeLives(_ node: String, at: Timestamp, until: Timestamp) async throws -> [IntentRecord] {
        try await commits.run { db in
            try db.cachedStatement(sql: "DELETE FROM node WHERE until <= ? AND id <> ?")
                .execute(arguments: [at.milliseconds, node])
            return try Self.keepAlive(node, at: at, until: until, db)
        }
    }

    package func nodeEnded(_ node: String, at: Timestamp) async throws {
        try await commits.run { db in
            try db.cachedStatement(sql: "DELETE FROM node WHERE id = ?").execute(arguments: [node])
            try db.cachedStatement(
                sql: "UPDATE intent SET state = 'unknown' WHERE state = 'in_flight' AND node = ?"
            ).execute(arguments: [node])
        }
    }

    private static func keepAlive(
        _ node: String, at: Timestamp, until: Timestamp, _ db: Database
    ) throws -> [IntentRecord] {
        try db.cachedStatement(
            sql: "INSERT INTO node (id, until) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET until = excluded.until"
        ).execute(arguments: [node, until.milliseconds])
        let lose = try db.cachedStatement(
            sql: """
                UPDATE intent SET state = 'unknown'
                WHERE state = 'in_flight' AND node NOT IN (SELECT id FROM node)
                RETURNING *
                """)
        return try Row.fetchAll(lose).map(IntentRecord.init(row:))
            .sorted { ($0.begun, $0.callID) < ($1.begun, $1.callID) }
    }
}
