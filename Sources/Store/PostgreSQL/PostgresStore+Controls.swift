extension PostgresStore: ControlStore {
    package func controlVersion() async throws -> Int {
        try await readers.query("SELECT version FROM control_version").first?.int("version") ?? 0
    }

    package func controls() async throws -> ControlState {
        // The version first: what changes meanwhile is then read again, never missed.
        let version = try await controlVersion()
        let switches = try await readers.query(
            "SELECT provider, reason, by, at FROM provider_switch ORDER BY provider")
        let faults = try await readers.query(
            "SELECT id, provider, operation, kind, status, rate, delay, by, at, expires FROM fault ORDER BY at, id")
        return ControlState(
            version: version,
            switches: try switches.map { row in
                ProviderSwitch(
                    provider: try row.text("provider"), reason: try row.text("reason"), by: try row.text("by"),
                    at: try row.moment("at"))
            },
            faults: try faults.map(FaultRule.init(row:)))
    }

    package func disable(_ provider: ProviderSwitch) async throws {
        _ = try await change(
            """
            INSERT INTO provider_switch (provider, reason, by, at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (provider) DO UPDATE SET reason = excluded.reason, by = excluded.by, at = excluded.at
            """, [.text(provider.provider), .text(provider.reason), .text(provider.by), .int(provider.at)])
    }

    package func enable(provider: String) async throws -> Bool {
        try await change("DELETE FROM provider_switch WHERE provider = $1", [.text(provider)]) > 0
    }

    package func add(_ fault: FaultRule) async throws {
        _ = try await change(
            """
            INSERT INTO fault (id, provider, operation, kind, status, rate, delay, by, at, expires)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            [
                .text(fault.id), .text(fault.provider), .text(fault.operation), .text(fault.kind.word),
                .int(fault.kind.status.map { Int64($0) }), .double(fault.rate), .int(fault.delay.wholeMilliseconds),
                .text(fault.by), .int(fault.at), .int(fault.expires),
            ])
    }

    package func removeFault(_ id: String) async throws -> Bool {
        try await change("DELETE FROM fault WHERE id = $1", [.text(id)]) > 0
    }

    package func removeFaults(expiredBy: Timestamp?) async throws -> Int {
        try await change(
            "DELETE FROM fault WHERE $1::bigint IS NULL OR expires <= $1", [.int(expiredBy)])
    }

    /// Moves the version on if the statement changed anything; returns how many rows it did.
    private func change(_ sql: String, _ parameters: [PostgresValue]) async throws -> Int {
        let count = try await commits.run { transaction in
            let count = try transaction.execute(sql, parameters).affected
            if count > 0 { try transaction.execute("UPDATE control_version SET version = version + 1") }
            return count
        }
        if count > 0 { signals.tell(.controlsChanged) }
        return count
    }
}

extension FaultRule {
    fileprivate init(row: PostgresRow) throws(StoreError) {
        let id = try row.text("id")
        let status = row.optionalInt("status").map { Int($0) }
        guard let kind = Kind(word: try row.text("kind"), status: status) else {
            throw StoreError.damagedRow("fault \(id)")
        }
        self.init(
            id: id, provider: try row.text("provider"), operation: row.optionalText("operation"), kind: kind,
            rate: try row.double("rate"), delay: .milliseconds(try row.int64("delay")), by: try row.text("by"),
            at: try row.moment("at"), expires: row.optionalMoment("expires"))
    }
}
