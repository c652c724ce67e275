import Contracts
import GRDB

extension SQLiteStore {
    package func recordDrift(_ findings: [DriftRecord]) async throws -> [DriftRecord] {
        try await commits.run { db in
            var new: [DriftRecord] = []
            for finding in findings where try Self.record(finding, in: db) { new.append(finding) }
            return new
        }
    }

    private static func record(_ finding: DriftRecord, in db: Database) throws -> Bool {
        let key: StatementArguments = [finding.provider, finding.operation, finding.shape]
        let known = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM drift WHERE provider = ? AND operation = ? AND shape = ?"),
            arguments: key
        ).map(drift)
        var finding = finding
        if finding.sample != nil, try samples(of: finding, in: db) >= DriftRecord.mostSamples { finding.sample = nil }
        if var known {
            known.add(finding)
            try db.cachedStatement(
                sql: """
                    UPDATE drift SET count = ?, first = ?, last = ?, action = ?, observed = ?, sample = ?, call = ?
                    WHERE provider = ? AND operation = ? AND shape = ?
                    """
            ).execute(
                arguments: [
                    known.count, known.first.milliseconds, known.last.milliseconds, known.action,
                    known.observed?.text, known.sample?.text, known.call,
                ] + key)
            return false
        }
        try db.cachedStatement(
            sql: """
                INSERT INTO drift (provider, operation, shape, pointer, kind, expected, seen, count, first, last,
                    side, action, keyword, observed, sample, call)
                SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
                WHERE (SELECT count(*) FROM drift WHERE provider = ? AND operation = ?) < ?
                """
        ).execute(
            arguments: key + [
                finding.pointer, finding.kind, finding.expected, finding.seen, finding.count,
                finding.first.milliseconds, finding.last.milliseconds, finding.side, finding.action, finding.keyword,
                finding.observed?.text, finding.sample?.text, finding.call, finding.provider, finding.operation,
                DriftRecord.mostShapes,
            ])
        return db.changesCount > 0
    }

    /// How many other shapes of the operation have a sample.
    private static func samples(of finding: DriftRecord, in db: Database) throws -> Int {
        let sql = """
            SELECT count(*) FROM drift
            WHERE provider = ? AND operation = ? AND shape <> ? AND sample IS NOT NULL
            """
        return try Int.fetchOne(
            db.cachedStatement(sql: sql), arguments: [finding.provider, finding.operation, finding.shape]) ?? 0
    }

    /// Findings of one provider or of all, the one seen last first.
    package func drift(provider: String?) async throws -> [DriftRecord] {
        var filter = Filter()
        filter.add("provider = ?", provider)
        return try await read { [filter] db in
            let sql = "SELECT * FROM drift \(filter.sql) ORDER BY last DESC, provider, operation, shape"
            return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: filter.arguments).map(Self.drift)
        }
    }

    package func forgetDrift(provider: String, operation: String, shapes: [String]) async throws {
        try await commits.run { db in
            let statement = try db.cachedStatement(
                sql: "DELETE FROM drift WHERE provider = ? AND operation = ? AND shape = ?")
            for shape in shapes { try statement.execute(arguments: [provider, operation, shape]) }
        }
    }

    package func removeDrift(before: Timestamp) async throws {
        try await commits.run { db in
            try db.cachedStatement(sql: "DELETE FROM drift WHERE last < ?").execute(arguments: [before.milliseconds])
        }
    }

    private static func drift(_ row: Row) -> DriftRecord {
        var record = DriftRecord(
            provider: row["provider"], operation: row["operation"], shape: row["shape"], pointer: row["pointer"],
            kind: row["kind"], expected: row["expected"], seen: row["seen"], count: row["count"],
            first: Timestamp(milliseconds: row["first"]), last: Timestamp(milliseconds: row["last"]))
        record.side = row["side"]
        record.action = row["action"]
        record.keyword = row["keyword"]
        record.observed = json(row["observed"])
        record.sample = json(row["sample"])
        record.call = row["call"]
        return record
    }

    private static func json(_ text: String?) -> JSONValue? {
        text.flatMap { try? JSONValue.parse($0) }
    }
}
