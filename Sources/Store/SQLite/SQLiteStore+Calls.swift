import GRDB

extension SQLiteStore: CallStore {
    package func record(_ calls: [CallRecord]) async throws {
        guard !calls.isEmpty else { return }
        try await ledger.record(calls.map(EncodedCall.init))
    }

    package func call(_ id: String) async throws -> CallRecord? {
        try await read { db in
            let statement = try db.cachedStatement(sql: CallRecord.selection + " WHERE c.id = ?")
            return try Row.fetchOne(statement, arguments: [id]).map(CallRecord.init(row:))
        }
    }

    package func calls(_ query: CallQuery) async throws -> [CallRecord] {
        let filter = Self.filter(query)
        return try await read { db in
            let sql = "\(CallRecord.selection) \(filter.sql) ORDER BY c.id DESC LIMIT ?"
            return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: filter.arguments + [max(query.limit, 0)])
                .map(CallRecord.init(row:))
        }
    }

    private static func filter(_ query: CallQuery) -> Filter {
        var filter = Filter()
        filter.add("c.outcome = ?", query.outcome?.rawValue)
        // Said once more in the words of the partial index, which SQLite's planner needs to see.
        if let outcome = query.outcome, outcome != .answered { filter.add("c.outcome <> 'answered'") }
        filter.add("c.provider = ?", query.provider)
        filter.add("c.operation = ?", query.operation)
        filter.add("c.task = ?", query.task)
        filter.add("c.at >= ?", query.since?.milliseconds)
        filter.add("c.id < ?", query.before)
        if let text = query.text, !text.isEmpty {
            filter.add(
                "(c.id LIKE ? ESCAPE '\\' OR c.path LIKE ? ESCAPE '\\' OR c.caller LIKE ? ESCAPE '\\' "
                    + "OR c.code LIKE ? ESCAPE '\\')",
                LikePattern.containing(text))
        }
        return filter
    }

    package func removeCalls(before: Timestamp, limit: Int) async throws -> Int {
        try await commits.run { db in
            // Details go with their rows; the oldest are found by the index on the time.
            try db.cachedStatement(
                sql: """
                    DELETE FROM call WHERE id IN (
                        SELECT id FROM call WHERE at < ? AND NOT EXISTS (
                            SELECT 1 FROM intent WHERE intent.call = call.id AND state IN ('in_flight', 'unknown'))
                        ORDER BY at LIMIT ?)
                    """
            ).execute(arguments: [before.milliseconds, max(limit, 0)])
            return db.changesCount
        }
    }

    package func hasCalls() async throws -> Bool {
        try await read { db in
            let sql = "SELECT EXISTS (SELECT 1 FROM call) OR EXISTS (SELECT 1 FROM tally)"
            return try Bool.fetchOne(db.cachedStatement(sql: sql)) ?? false
        }
    }
}
