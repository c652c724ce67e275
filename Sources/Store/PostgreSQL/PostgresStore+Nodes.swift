/// Many nodes share the database: only those whose time has run out are taken for dead.
extension PostgresStore {
    package func nodeStarted(_ node: String, at: Timestamp, until: Timestamp) async throws -> [IntentRecord] {
        try await nodeLives(node, at: at, until: until)
    }

    package func nodeLives(_ node: String, at: Timestamp, until: Timestamp) async throws -> [IntentRecord] {
        try await commits.run { transaction in
            let rows = try transaction.run([
                PostgresStatement(
                    """
                    INSERT INTO node (id, until) VALUES ($1, $2)
                    ON CONFLICT (id) DO UPDATE SET until = excluded.until
                    """, [.text(node), .int(until)]),
                PostgresStatement(
                    """
                    DELETE FROM node WHERE id IN (
                        SELECT id FROM node WHERE until <= $1 AND id <> $2 FOR UPDATE SKIP LOCKED)
                    """, [.int(at), .text(node)]),
                // A dead node's intents stay in flight for the first heartbeat that sees them: locked rows are another's.
                PostgresStatement(
                    """
                    UPDATE intent SET state = 'unknown' WHERE call IN (
                        SELECT call FROM intent
                        WHERE state = 'in_flight' AND node NOT IN (SELECT id FROM node) FOR UPDATE SKIP LOCKED)
                    RETURNING \(IntentRecord.columns)
                    """),
            ])
            return try rows[rows.count - 1].map(IntentRecord.init(row:))
                .sorted { ($0.begun, $0.callID) < ($1.begun, $1.callID) }
        }
    }

    package func nodeEnded(_ node: String, at: Timestamp) async throws {
        try await commits.run { transaction in
            _ = try transaction.run([
                PostgresStatement("DELETE FROM node WHERE id = $1", [.text(node)]),
                PostgresStatement(
                    "UPDATE intent SET state = 'unknown' WHERE state = 'in_flight' AND node = $1", [.text(node)]),
            ])
        }
    }
}
