import GRDB

extension SQLiteStore {
    package func recordDrift(_ finding: DriftRecord) async throws -> Bool {
        try await commits.run { db in
            try db.cachedStatement(
                sql: """
                    UPDATE drift SET count = count + ?, first = min(first, ?), last = max(last, ?)
                    WHERE provider = ? AND operation = ? AND shape = ?
                    """
            ).execute(arguments: [
                finding.count, finding.first.milliseconds, finding.last.milliseconds, finding.provider,
                finding.operation, finding.shape,
            ])
            guard db.changesCount == 0 else { return false }
            try db.cachedStatement(
                sql: """
                    INSERT INTO drift (provider, operation, shape, pointer, kind, expected, seen, count, first, last)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                finding.provider, finding.operation, finding.shape, finding.pointer, finding.kind, finding.expected,
                finding.seen, finding.count, finding.first.milliseconds, finding.last.milliseconds,
            ])
            return true
        }
    }

    /// Findings of one provider or of all, the one seen last first.
    package func drift(provider: String?) async throws -> [DriftRecord] {
        var filter = Filter()
        filter.add("provider = ?", provider)
        return try await read { [filter] db in
            let sql = "SELECT * FROM drift \(filter.sql) ORDER BY last DESC, provider, operation, shape"
            return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: filter.arguments).map { row in
                DriftRecord(
                    provider: row["provider"], operation: row["operation"], shape: row["shape"],
                    pointer: row["pointer"], kind: row["kind"], expected: row["expected"], seen: row["seen"],
                    count: row["count"], first: Timestamp(milliseconds: row["first"]),
                    last: Timestamp(milliseconds: row["last"]))
            }
        }
    }
}
