import GRDB

extension SQLiteStore: IntentStore {
    package func begin(_ intent: NewIntent, mayRepeat: Bool) async throws -> IntentStart {
        try await commits.run { db in try IntentWriting.begin(intent, mayRepeat: mayRepeat, db) }
    }

    package func settle(_ callID: String, _ outcome: IntentOutcome, at: Timestamp) async throws -> Bool {
        switch outcome {
        case .answered(let answer):
            let encoded = EncodedAnswer(answer)
            return try await commits.run { db in try IntentWriting.answered(callID, encoded, at: at, db) }
        case .noEffect:
            return try await commits.run { db in try IntentWriting.noEffect(callID, db) }
        case .unknown:
            return try await commits.run { db in
                try db.cachedStatement(
                    sql: "UPDATE intent SET state = 'unknown' WHERE call = ? AND state = 'in_flight'"
                )
                .execute(arguments: [callID])
                return db.changesCount == 1
            }
        }
    }

    package func unknownIntents() async throws -> [IntentRecord] {
        try await read { db in
            let statement = try db.cachedStatement(
                sql: "SELECT * FROM intent WHERE state = 'unknown' ORDER BY begun, call")
            return try Row.fetchAll(statement).map(IntentRecord.init(row:))
        }
    }

    package func resolve(
        _ callID: String, as resolution: IntentResolution, by: String, at: Timestamp
    ) async throws -> IntentRecord? {
        let (state, status) = resolution.stored
        return try await commits.run { db in
            try db.cachedStatement(
                sql: """
                    UPDATE intent SET state = ?, status = ?, fields = '[]', body_length = 0, settled = ?,
                        settled_by = ?, expires = max(expires, ?)
                    WHERE call = ? AND state = 'unknown'
                    """
            ).execute(arguments: [
                state.rawValue, status, at.milliseconds, by, (at + NewIntent.lifetime).milliseconds, callID,
            ])
            let find = try db.cachedStatement(sql: "SELECT * FROM intent WHERE call = ?")
            return try Row.fetchOne(find, arguments: [callID]).map(IntentRecord.init(row:))
        }
    }

    package func removeExpiredIntents(at: Timestamp) async throws -> Int {
        var removed = 0
        // In portions, so that calls get their turn in between.
        while true {
            let count = try await commits.run { db in
                try db.cachedStatement(
                    sql: """
                        DELETE FROM intent WHERE call IN (
                            SELECT call FROM intent
                            WHERE state IN ('answered', 'happened', 'not_happened') AND expires <= ? LIMIT 1000)
                        """
                ).execute(arguments: [at.milliseconds])
                return db.changesCount
            }
            removed += count
            if count < 1000 { return removed }
        }
    }
}
