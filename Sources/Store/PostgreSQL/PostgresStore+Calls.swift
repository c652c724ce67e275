import Contracts
import Inventory

extension PostgresStore: CallStore {
    package func record(_ calls: [CallRecord]) async throws {
        guard !calls.isEmpty else { return }
        try await ledger.record(calls.map(EncodedCall.init))
    }

    package func call(_ id: String) async throws -> CallRecord? {
        try await readers.query("SELECT \(CallRecord.columns) FROM call c WHERE c.id = $1", [.text(id)]).first
            .map(CallRecord.init(row:))
    }

    package func calls(_ query: CallQuery) async throws -> [CallRecord] {
        var filter = PostgresFilter()
        filter.add("c.outcome = ?", query.outcome.map { .text($0.rawValue) })
        // Said once more in the words of the partial index.
        if let outcome = query.outcome, outcome != .answered { filter.add("c.outcome <> 'answered'") }
        filter.add("c.provider = ?", query.provider.map { .text($0) })
        filter.add("c.operation = ?", query.operation.map { .text($0) })
        filter.add("c.task = ?", query.task.map { .text($0) })
        filter.add("c.at >= ?", query.since.map { .int($0) })
        filter.add("c.id < ?", query.before.map { .text($0) })
        if let text = query.text, !text.isEmpty {
            filter.add(
                "(c.id ILIKE ? OR c.path ILIKE ? OR c.caller ILIKE ? OR c.code ILIKE ?)",
                .text(LikePattern.containing(text)))
        }
        let limit = filter.place(.int(max(query.limit, 0)))
        return try await readers.query(
            "SELECT \(CallRecord.columns) FROM call c \(filter.sql) ORDER BY c.id DESC LIMIT \(limit)",
            filter.parameters
        ).map(CallRecord.init(row:))
    }

    package func removeCalls(before: Timestamp, limit: Int) async throws -> Int {
        try await commits.run { transaction in
            try transaction.execute(
                """
                DELETE FROM call WHERE id IN (
                    SELECT id FROM call WHERE at < $1 AND NOT EXISTS (
                        SELECT 1 FROM intent WHERE intent.call = call.id AND state IN ('in_flight', 'unknown'))
                    ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED)
                """, [.int(before), .int(max(limit, 0))]
            ).affected
        }
    }

    package func hasCalls() async throws -> Bool {
        try await readers.query(
            "SELECT EXISTS (SELECT 1 FROM call) OR EXISTS (SELECT 1 FROM tally) AS has"
        ).first?.bool("has") ?? false
    }
}

extension EncodedCall {
    /// Rows with the same id are replaced, by the last of those that come.
    static func insert(_ rows: [EncodedCall], _ transaction: PostgresTransaction) throws {
        var last: [String: Int] = [:]
        for (index, row) in rows.enumerated() { last[row.call.id] = index }
        let rows = rows.enumerated().filter { last[$0.element.call.id] == $0.offset }.map(\.element)
            .sorted { $0.call.id < $1.call.id }
        guard !rows.isEmpty else { return }
        try transaction.execute(
            """
            INSERT INTO call (\(columns))
            SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                $8::text[], $9::text[], $10::bigint[], $11::text[], $12::text[], $13::text[], $14::text[],
                $15::float8[], $16::float8[], $17::float8[], $18::text[], $19::boolean[], $20::text[], $21::text[])
            ON CONFLICT (id) DO UPDATE SET (\(columns)) = (\(excluded))
            """,
            [
                .texts(rows.map(\.call.id)), .ints(rows.map(\.call.at.milliseconds)), .texts(rows.map(\.call.provider)),
                .texts(rows.map(\.call.operation)), .texts(rows.map(\.call.caller)), .texts(rows.map(\.call.task)),
                .texts(rows.map(\.call.step)), .texts(rows.map(\.call.method)), .texts(rows.map(\.call.path)),
                .ints(rows.map { Int64($0.call.status) }), .texts(rows.map(\.call.outcome.rawValue)),
                .texts(rows.map(\.call.who)), .texts(rows.map(\.call.code)), .texts(rows.map(\.tries)),
                .doubles(rows.map(\.call.totalMilliseconds.stored)),
                .doubles(rows.map(\.call.footingMilliseconds.stored)),
                .doubles(rows.map(\.call.providerMilliseconds.stored)), .texts(rows.map(\.call.requestID)),
                .bools(rows.map(\.call.drift)), .texts(rows.map(\.call.risk.rawValue)), .texts(rows.map(\.detail)),
            ])
    }

    private static let names = [
        "id", "at", "provider", "operation", "caller", "task", "step", "method", "path", "status", "outcome", "who",
        "code", "tries", "total_ms", "footing_ms", "provider_ms", "request_id", "drift", "risk", "detail",
    ]
    private static let columns = names.joined(separator: ", ")
    private static let excluded = names.map { "excluded." + $0 }.joined(separator: ", ")
}

extension CallRecord {
    fileprivate static let columns = """
        c.id, c.at, c.provider, c.operation, c.caller, c.task, c.step, c.method, c.path, c.status, c.outcome, c.who,
        c.code, c.tries, c.total_ms, c.footing_ms, c.provider_ms, c.request_id, c.drift, c.risk, c.detail
        """

    fileprivate init(row: PostgresRow) throws(StoreError) {
        let id = try row.text("id")
        let stored = try StoredJSON.value(row.text("tries"), "tries of call \(id)").arrayValue ?? []
        let tries = stored.compactMap(CallTry.init(stored:))
        guard let outcome = Outcome(rawValue: try row.text("outcome")), let risk = Risk(rawValue: try row.text("risk")),
            tries.count == stored.count
        else { throw StoreError.damagedRow("call \(id)") }
        self.init(
            id: id, at: try row.moment("at"), provider: try row.text("provider"),
            operation: try row.text("operation"), caller: try row.text("caller"), task: row.optionalText("task"),
            step: row.optionalText("step"), method: try row.text("method"), path: try row.text("path"),
            status: try row.int("status"), outcome: outcome, who: row.optionalText("who"),
            code: row.optionalText("code"), tries: tries, totalMilliseconds: try row.double("total_ms"),
            footingMilliseconds: try row.double("footing_ms"), providerMilliseconds: try row.double("provider_ms"),
            requestID: try row.text("request_id"), drift: try row.bool("drift"), risk: risk,
            detail: try StoredJSON.object(row.text("detail"), "detail of call \(id)"))
    }
}
