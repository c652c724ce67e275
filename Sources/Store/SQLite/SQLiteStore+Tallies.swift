import GRDB

extension SQLiteStore: TallyStore {
    package func addTallies(_ tallies: [Tally]) async throws {
        guard !tallies.isEmpty else { return }
        // Added up first: one row is written once, however many tallies add to it.
        var sums: [Place: CallFigures] = [:]
        for tally in tallies {
            for period in Tally.Period.allCases {
                let place = Place(period: period, start: period.start(of: tally.start), key: tally.key)
                sums[place, default: CallFigures()].add(tally.figures)
            }
        }
        try await commits.run { [sums] db in
            for (place, figures) in sums { try Self.add(figures, at: place, db) }
        }
    }

    package func tallies(per period: Tally.Period, since: Timestamp) async throws -> [Tally] {
        try await read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT * FROM tally WHERE period = ? AND start >= ?
                    ORDER BY start, provider, operation, outcome, who
                    """)
            return try Row.fetchAll(statement, arguments: [period.rawValue, since.milliseconds]).map { row in
                let who: String = row["who"]
                guard let outcome = CallRecord.Outcome(rawValue: row["outcome"]) else {
                    throw StoreError.damagedRow("tally")
                }
                return Tally(
                    start: Timestamp(milliseconds: row["start"]),
                    key: TallyKey(
                        provider: row["provider"], operation: row["operation"], outcome: outcome,
                        who: who.isEmpty ? nil : who),
                    figures: try CallFigures(row: row))
            }
        }
    }

    package func removeTallies(per period: Tally.Period, before: Timestamp, limit: Int) async throws -> Int {
        try await commits.run { db in
            try db.cachedStatement(
                sql: """
                    DELETE FROM tally WHERE (period, start, provider, operation, outcome, who) IN (
                        SELECT period, start, provider, operation, outcome, who FROM tally
                        WHERE period = ? AND start < ? LIMIT ?)
                    """
            ).execute(arguments: [period.rawValue, before.milliseconds, max(limit, 0)])
            return db.changesCount
        }
    }

    /// The primary key of a row.
    private struct Place: Hashable, Sendable {
        let period: Tally.Period
        let start: Timestamp
        let key: TallyKey
    }

    private static func add(_ figures: CallFigures, at place: Place, _ db: Database) throws {
        let primaryKey: StatementArguments = [
            place.period.rawValue, place.start.milliseconds, place.key.provider, place.key.operation,
            place.key.outcome.rawValue, place.key.who ?? "",
        ]
        let find = try db.cachedStatement(
            sql: """
                SELECT * FROM tally
                WHERE period = ? AND start = ? AND provider = ? AND operation = ? AND outcome = ? AND who = ?
                """)
        var sum = try Row.fetchOne(find, arguments: primaryKey).map(CallFigures.init(row:)) ?? CallFigures()
        sum.add(figures)
        try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO tally (period, start, provider, operation, outcome, who, count, limited,
                    total_us, provider_us, last, latencies)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(
            arguments: primaryKey + [
                sum.count, sum.limited, sum.totalMicroseconds, sum.providerMicroseconds, sum.last?.milliseconds,
                sum.latencies.stored,
            ])
    }
}

extension CallFigures {
    fileprivate init(row: Row) throws(StoreError) {
        guard let latencies = LatencyHistogram(stored: row["latencies"]) else { throw StoreError.damagedRow("tally") }
        self.init(
            count: row["count"], limited: row["limited"], totalMicroseconds: row["total_us"],
            providerMicroseconds: row["provider_us"], last: Timestamp(column: row["last"]), latencies: latencies)
    }
}
