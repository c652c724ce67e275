import Contracts

extension PostgresStore {
    package func recordDrift(_ findings: [DriftRecord]) async throws -> [DriftRecord] {
        guard !findings.isEmpty else { return [] }
        return try await commits.run { transaction in
            // What a schema would have to say is merged here: two nodes must not do it at the same time.
            try transaction.lock("drift")
            var new: [DriftRecord] = []
            for finding in findings {
                if try Self.record(finding, in: transaction) { new.append(finding) }
            }
            return new
        }
    }

    private static func record(_ finding: DriftRecord, in transaction: PostgresTransaction) throws -> Bool {
        let key: [PostgresValue] = [.text(finding.provider), .text(finding.operation), .text(finding.shape)]
        let rows = try transaction.run([
            PostgresStatement("SELECT * FROM drift WHERE provider = $1 AND operation = $2 AND shape = $3", key),
            PostgresStatement(
                """
                SELECT count(*) AS shapes, count(*) FILTER (WHERE sample IS NOT NULL AND shape <> $3) AS samples
                FROM drift WHERE provider = $1 AND operation = $2
                """, key),
        ])
        guard let counts = rows[1].first else { return false }
        var finding = finding
        if finding.sample != nil, try counts.int("samples") >= DriftRecord.mostSamples { finding.sample = nil }
        if let row = rows[0].first {
            var known = try drift(row)
            known.add(finding)
            try transaction.execute(
                """
                UPDATE drift SET count = $4, first = $5, last = $6, action = $7, observed = $8, sample = $9, call = $10
                WHERE provider = $1 AND operation = $2 AND shape = $3
                """,
                key + [
                    .int(known.count), .int(known.first), .int(known.last), .text(known.action),
                    .text(known.observed?.text), .text(known.sample?.text), .text(known.call),
                ])
            return false
        }
        guard try counts.int("shapes") < DriftRecord.mostShapes else { return false }
        try transaction.execute(
            """
            INSERT INTO drift (provider, operation, shape, pointer, kind, expected, seen, count, first, last, side,
                action, keyword, observed, sample, call)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """,
            key + [
                .text(finding.pointer), .text(finding.kind), .text(finding.expected), .text(finding.seen),
                .int(finding.count), .int(finding.first), .int(finding.last), .text(finding.side),
                .text(finding.action), .text(finding.keyword), .text(finding.observed?.text),
                .text(finding.sample?.text), .text(finding.call),
            ])
        return true
    }

    /// Findings of one provider or of all, the one seen last first.
    package func drift(provider: String?) async throws -> [DriftRecord] {
        var filter = PostgresFilter()
        filter.add("provider = ?", provider.map { .text($0) })
        return try await readers.query(
            "SELECT * FROM drift \(filter.sql) ORDER BY last DESC, provider, operation, shape", filter.parameters
        ).map { try Self.drift($0) }
    }

    package func forgetDrift(provider: String, operation: String, shapes: [String]) async throws {
        try await commits.run { transaction in
            _ = try transaction.execute(
                "DELETE FROM drift WHERE provider = $1 AND operation = $2 AND shape = ANY ($3)",
                [.text(provider), .text(operation), .texts(shapes)])
        }
    }

    package func removeDrift(before: Timestamp) async throws {
        try await commits.run { transaction in
            _ = try transaction.execute("DELETE FROM drift WHERE last < $1", [.int(before)])
        }
    }

    private static func drift(_ row: PostgresRow) throws -> DriftRecord {
        var record = DriftRecord(
            provider: try row.text("provider"), operation: try row.text("operation"), shape: try row.text("shape"),
            pointer: try row.text("pointer"), kind: try row.text("kind"), expected: try row.text("expected"),
            seen: try row.text("seen"), count: try row.int("count"), first: try row.moment("first"),
            last: try row.moment("last"))
        record.side = try row.text("side")
        record.action = try row.text("action")
        record.keyword = try row.text("keyword")
        record.observed = row.optionalText("observed").flatMap { try? JSONValue.parse($0) }
        record.sample = row.optionalText("sample").flatMap { try? JSONValue.parse($0) }
        record.call = row.optionalText("call")
        return record
    }
}
