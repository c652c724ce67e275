import Inventory

extension PostgresStore: IntentStore {
    package func begin(_ intent: NewIntent, mayRepeat: Bool) async throws -> IntentStart {
        let failure: StoreError
        do throws(StoreError) {
            return try await begun(intent, mayRepeat: mayRepeat)
        } catch {
            failure = error
        }
        if failure.code == .unconfirmed {
            // Whoever asked will not send it: it is not to look as if it were under way.
            _ = try? await settle(intent.callID, .noEffect, at: intent.begun)
        }
        throw failure
    }

    private func begun(_ intent: NewIntent, mayRepeat: Bool) async throws(StoreError) -> IntentStart {
        try await commits.run { transaction in
            guard let key = intent.key else {
                _ = try Self.insert(intent, transaction)
                return .begun
            }
            // Another node may begin or forget the same write between two statements.
            for _ in 0..<8 {
                let row = try transaction.execute(
                    """
                    SELECT \(IntentRecord.columns), fingerprint, expires, status, fields, body, body_length FROM intent
                    WHERE caller = $1 AND provider = $2 AND operation = $3 AND key = $4 FOR UPDATE
                    """, [.text(intent.caller), .text(intent.provider), .text(intent.operation), .text(key)]
                ).first
                if let row, let known = try Self.known(row, intent, mayRepeat: mayRepeat, transaction) { return known }
                if try Self.insert(intent, transaction) { return .begun }
            }
            throw StoreError(.overloaded, "Too many nodes begin the same write at once.")
        }
    }

    /// What an earlier write with the same key means for this one; nil when it is to be forgotten.
    private static func known(
        _ row: PostgresRow, _ intent: NewIntent, mayRepeat: Bool, _ transaction: PostgresTransaction
    ) throws -> IntentStart? {
        let record = try IntentRecord(row: row)
        let expires = try row.moment("expires")
        let precedent = IntentPrecedent(
            record, fingerprint: try row.text("fingerprint"), expires: expires, for: intent, mayRepeat: mayRepeat)
        switch precedent {
        case .over:
            try transaction.execute("DELETE FROM intent WHERE call = $1", [.text(record.callID)])
            return nil
        case .refusal(let start):
            return start
        case .repeat:
            try transaction.execute(
                """
                UPDATE intent SET call = $1, node = $2, state = 'in_flight', repeats = repeats + 1, expires = $3
                WHERE call = $4
                """, [.text(intent.callID), .text(intent.node), .int(intent.expires), .text(record.callID)])
            return .repeated(callID: record.callID, providerKey: record.providerKey)
        case .answer:
            let answer = try StoredAnswer(
                call: record.callID, status: row.int("status"), fields: row.text("fields"),
                body: row.optionalBytes("body"), bodyLength: Int(row.optionalInt("body_length") ?? 0),
                settledBy: record.settledBy)
            return .answered(answer, callID: record.callID, expires: expires)
        }
    }

    /// False when there is one with the same key already.
    private static func insert(_ intent: NewIntent, _ transaction: PostgresTransaction) throws -> Bool {
        try transaction.execute(
            """
            INSERT INTO intent (call, caller, caller_name, provider, operation, key, provider_key, fingerprint, risk,
                node, begun, expires, state)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'in_flight')
            ON CONFLICT (caller, provider, operation, key) WHERE key IS NOT NULL DO NOTHING
            """,
            [
                .text(intent.callID), .text(intent.caller), .text(intent.callerName), .text(intent.provider),
                .text(intent.operation), .text(intent.key), .text(intent.providerKey), .text(intent.fingerprint),
                .text(intent.risk.rawValue), .text(intent.node), .int(intent.begun), .int(intent.expires),
            ]
        ).affected == 1
    }

    package func settle(_ callID: String, _ outcome: IntentOutcome, at: Timestamp) async throws -> Bool {
        let call = PostgresValue.text(callID)
        switch outcome {
        case .answered(let answer):
            let encoded = EncodedAnswer(answer)
            // Nobody can ask again for a write without a key: the ledger's row is enough.
            return try await changesOne([
                PostgresStatement("DELETE FROM intent WHERE call = $1 AND key IS NULL", [call]),
                PostgresStatement(
                    """
                    UPDATE intent SET state = 'answered', status = $2, fields = $3, body = $4, body_length = $5,
                        settled = $6, settled_by = NULL
                    WHERE call = $1 AND state <> 'answered'
                    """,
                    [
                        call, .int(encoded.status), .text(encoded.fields), .bytes(encoded.body),
                        .int(encoded.bodyLength), .int(at),
                    ]),
            ])
        case .noEffect:
            return try await changesOne([
                PostgresStatement(
                    "DELETE FROM intent WHERE call = $1 AND state IN ('in_flight', 'unknown') AND repeats = 0", [call]),
                PostgresStatement(
                    """
                    UPDATE intent SET state = 'unknown' WHERE call = $1 AND state = 'in_flight' AND repeats > 0
                    """, [call]),
            ])
        case .unknown:
            return try await changesOne([
                PostgresStatement(
                    "UPDATE intent SET state = 'unknown' WHERE call = $1 AND state = 'in_flight'", [call])
            ])
        }
    }

    private func changesOne(_ statements: [PostgresStatement]) async throws -> Bool {
        try await commits.run { transaction in
            try transaction.run(statements).reduce(0) { $0 + $1.affected } == 1
        }
    }

    package func unknownIntents() async throws -> [IntentRecord] {
        try await readers.query(
            "SELECT \(IntentRecord.columns) FROM intent WHERE state = 'unknown' ORDER BY begun, call"
        ).map(IntentRecord.init(row:))
    }

    package func resolve(
        _ callID: String, as resolution: IntentResolution, by: String, at: Timestamp
    ) async throws -> IntentRecord? {
        let (state, status) = resolution.stored
        return try await commits.run { transaction in
            let rows = try transaction.run([
                PostgresStatement(
                    """
                    UPDATE intent SET state = $2, status = $3, fields = '[]', body_length = 0, settled = $4,
                        settled_by = $5, expires = greatest(expires, $6)
                    WHERE call = $1 AND state = 'unknown'
                    """,
                    [
                        .text(callID), .text(state.rawValue), .int(status.map { Int64($0) }), .int(at), .text(by),
                        .int(at + NewIntent.lifetime),
                    ]),
                PostgresStatement("SELECT \(IntentRecord.columns) FROM intent WHERE call = $1", [.text(callID)]),
            ])
            return try rows[rows.count - 1].first.map(IntentRecord.init(row:))
        }
    }

    package func removeExpiredIntents(at: Timestamp) async throws -> Int {
        var removed = 0
        // In portions, so that calls get their turn in between.
        while true {
            let count = try await commits.run { transaction in
                try transaction.execute(
                    """
                    DELETE FROM intent WHERE call IN (
                        SELECT call FROM intent
                        WHERE state IN ('answered', 'happened', 'not_happened') AND expires <= $1
                        LIMIT 1000 FOR UPDATE SKIP LOCKED)
                    """, [.int(at)]
                ).affected
            }
            removed += count
            if count < 1000 { return removed }
        }
    }
}
