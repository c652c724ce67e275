import Inventory

extension PostgresStore: QuotaStore {
    package func drawQuotas(_ draws: [QuotaDraw]) async throws -> [QuotaGrant] {
        guard !draws.isEmpty else { return [] }
        return try await commits.run { transaction in
            // Rows are made and locked in one order, so that two nodes do not wait for each other.
            for draw in draws.sorted(by: { ($0.day, $0.name) < ($1.day, $1.name) }) {
                let key: [PostgresValue] = [.int(draw.day), .text(draw.name)]
                try transaction.run([
                    PostgresStatement(
                        "INSERT INTO quota (day, name, used) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING", key),
                    PostgresStatement("SELECT used FROM quota WHERE day = $1 AND name = $2 FOR UPDATE", key),
                ])
            }
            return try draws.map { try Self.draw($0, transaction) }
        }
    }

    package func removeQuotas(before day: Int) async throws {
        try await commits.run { transaction in
            _ = try transaction.execute("DELETE FROM quota WHERE day < $1", [.int(day)])
        }
    }

    private static func draw(_ draw: QuotaDraw, _ transaction: PostgresTransaction) throws -> QuotaGrant {
        let key: [PostgresValue] = [.int(draw.day), .text(draw.name)]
        let used =
            try transaction.execute("SELECT used FROM quota WHERE day = $1 AND name = $2", key).first?.int("used") ?? 0
        let left = max(0, draw.limit - used)
        let amount = min(max(draw.amount, -used), left)
        if amount != 0 {
            try transaction.execute(
                "UPDATE quota SET used = $3 WHERE day = $1 AND name = $2", key + [.int(used + amount)])
        }
        return QuotaGrant(amount: amount, left: max(0, draw.limit - used - amount))
    }
}

extension PostgresStore: PauseStore {
    package func keepPauses(_ pauses: [ProviderPause], at: Timestamp) async throws {
        guard !pauses.isEmpty else { return }
        // One row per provider, whose longest pause counts.
        let longest = Dictionary(pauses.map { ($0.provider, $0.until) }, uniquingKeysWith: max)
            .sorted { $0.key < $1.key }
        try await commits.run { transaction in
            _ = try transaction.run([
                PostgresStatement(
                    """
                    DELETE FROM provider_pause WHERE provider IN (
                        SELECT provider FROM provider_pause WHERE until <= $1 FOR UPDATE SKIP LOCKED)
                    """, [.int(at)]),
                PostgresStatement(
                    """
                    INSERT INTO provider_pause (provider, until) SELECT * FROM unnest($1::text[], $2::bigint[])
                    ON CONFLICT (provider)
                        DO UPDATE SET until = greatest(provider_pause.until, excluded.until)
                    """, [.texts(longest.map(\.key)), .ints(longest.map(\.value.milliseconds))]),
            ])
        }
    }

    package func pauses(at: Timestamp) async throws -> [ProviderPause] {
        try await readers.query("SELECT provider, until FROM provider_pause WHERE until > $1", [.int(at)]).map { row in
            ProviderPause(provider: try row.text("provider"), until: try row.moment("until"))
        }
    }
}

extension PostgresStore: SpendingStore {
    package func addSpending(_ amounts: [Spending]) async throws {
        guard !amounts.isEmpty else { return }
        try await commits.run { transaction in
            for spent in amounts.sorted(by: {
                ($0.day, $0.tenant, $0.amount.currency) < ($1.day, $1.tenant, $1.amount.currency)
            }) {
                // Sums stop at the ends of the range.
                try transaction.execute(
                    """
                    INSERT INTO spending (day, tenant, currency, nanos) VALUES ($1, $2, $3, $4)
                    ON CONFLICT (day, tenant, currency) DO UPDATE SET nanos = least(greatest(
                        spending.nanos::numeric + excluded.nanos, -9223372036854775808), 9223372036854775807)::bigint
                    """,
                    [.int(spent.day), .text(spent.tenant), .text(spent.amount.currency), .int(spent.amount.nanos)])
            }
        }
    }

    package func spending(day: Int) async throws -> [Spending] {
        try await readers.query("SELECT tenant, currency, nanos FROM spending WHERE day = $1", [.int(day)]).map { row in
            Spending(
                tenant: try row.text("tenant"), day: day,
                amount: Money(nanos: try row.int64("nanos"), currency: try row.text("currency")))
        }
    }

    package func removeSpending(before day: Int) async throws {
        try await commits.run { transaction in
            _ = try transaction.execute("DELETE FROM spending WHERE day < $1", [.int(day)])
        }
    }
}
