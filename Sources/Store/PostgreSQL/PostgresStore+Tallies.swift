extension PostgresStore: TallyStore {
    private static let tallyKey = "period, start, provider, operation, outcome, who"
    private static let tallyColumns = tallyKey + ", count, limited, total_us, provider_us, last, latencies"

    package func addTallies(_ tallies: [Tally]) async throws {
        guard !tallies.isEmpty else { return }
        // Added up first: one row is written once, however many tallies add to it.
        var sums: [TallyPlace: CallFigures] = [:]
        for tally in tallies {
            for period in Tally.Period.allCases {
                let place = TallyPlace(period: period, start: period.start(of: tally.start), key: tally.key)
                sums[place, default: CallFigures()].add(tally.figures)
            }
        }
        // In one order for all nodes, so that two do not wait for each other.
        let entries = sums.map { ($0.key, $0.value) }.sorted { $0.0.order.lexicographicallyPrecedes($1.0.order) }
        try await commits.run { transaction in
            for (place, figures) in entries { try Self.add(figures, at: place, transaction) }
        }
    }

    private static func add(
        _ figures: CallFigures, at place: TallyPlace, _ transaction: PostgresTransaction
    ) throws {
        let found = try transaction.run([
            PostgresStatement(
                """
                INSERT INTO tally (\(tallyColumns)) VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, 0, NULL, '')
                ON CONFLICT (\(tallyKey)) DO NOTHING
                """, place.values),
            PostgresStatement(
                """
                SELECT \(tallyColumns) FROM tally WHERE period = $1 AND start = $2 AND provider = $3
                    AND operation = $4 AND outcome = $5 AND who = $6 FOR UPDATE
                """, place.values),
        ])
        var sum = try found[1].first.map(CallFigures.init(row:)) ?? CallFigures()
        sum.add(figures)
        try transaction.execute(
            """
            UPDATE tally SET count = $7, limited = $8, total_us = $9, provider_us = $10, last = $11, latencies = $12
            WHERE period = $1 AND start = $2 AND provider = $3 AND operation = $4 AND outcome = $5 AND who = $6
            """,
            place.values + [
                .int(sum.count), .int(sum.limited), .int(sum.totalMicroseconds), .int(sum.providerMicroseconds),
                .int(sum.last), .text(sum.latencies.stored),
            ])
    }

    package func tallies(per period: Tally.Period, since: Timestamp) async throws -> [Tally] {
        try await readers.query(
            """
            SELECT \(Self.tallyColumns) FROM tally WHERE period = $1 AND start >= $2
            ORDER BY start, provider, operation, outcome, who
            """, [.int(period.rawValue), .int(since)]
        ).map { row in
            let who = try row.text("who")
            guard let outcome = CallRecord.Outcome(rawValue: try row.text("outcome")) else {
                throw StoreError.damagedRow("tally")
            }
            return Tally(
                start: try row.moment("start"),
                key: TallyKey(
                    provider: try row.text("provider"), operation: try row.text("operation"), outcome: outcome,
                    who: who.isEmpty ? nil : who),
                figures: try CallFigures(row: row))
        }
    }

    package func removeTallies(per period: Tally.Period, before: Timestamp, limit: Int) async throws -> Int {
        try await commits.run { transaction in
            try transaction.execute(
                """
                DELETE FROM tally WHERE (\(Self.tallyKey)) IN (
                    SELECT \(Self.tallyKey) FROM tally WHERE period = $1 AND start < $2 LIMIT $3
                    FOR UPDATE SKIP LOCKED)
                """, [.int(period.rawValue), .int(before), .int(max(limit, 0))]
            ).affected
        }
    }
}

/// The primary key of a row of counts.
private struct TallyPlace: Hashable, Sendable {
    let period: Tally.Period
    let start: Timestamp
    let key: TallyKey

    var values: [PostgresValue] {
        [
            .int(period.rawValue), .int(start), .text(key.provider), .text(key.operation),
            .text(key.outcome.rawValue), .text(key.who ?? ""),
        ]
    }

    var order: [String] {
        [
            String(period.rawValue), String(start.milliseconds), key.provider, key.operation, key.outcome.rawValue,
            key.who ?? "",
        ]
    }
}

extension CallFigures {
    fileprivate init(row: PostgresRow) throws(StoreError) {
        guard let latencies = LatencyHistogram(stored: try row.text("latencies")) else {
            throw StoreError.damagedRow("tally")
        }
        self.init(
            count: try row.int("count"), limited: try row.int("limited"), totalMicroseconds: try row.int("total_us"),
            providerMicroseconds: try row.int("provider_us"), last: row.optionalMoment("last"), latencies: latencies)
    }
}
