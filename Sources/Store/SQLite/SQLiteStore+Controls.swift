import GRDB

extension SQLiteStore: ControlStore {
    package func controlVersion() async throws -> Int {
        try await read { db in try Self.controlVersion(db) }
    }

    package func controls() async throws -> ControlState {
        try await read { db in
            let switches = try db.cachedStatement(sql: "SELECT * FROM provider_switch ORDER BY provider")
            let faults = try db.cachedStatement(sql: "SELECT * FROM fault ORDER BY at, id")
            return ControlState(
                version: try Self.controlVersion(db),
                switches: try Row.fetchAll(switches).map { row in
                    ProviderSwitch(
                        provider: row["provider"], reason: row["reason"], by: row["by"],
                        at: Timestamp(milliseconds: row["at"]))
                },
                faults: try Row.fetchAll(faults).map(FaultRule.init(row:)))
        }
    }

    package func disable(_ provider: ProviderSwitch) async throws {
        try await commits.run { db in
            try db.cachedStatement(
                sql: """
                    INSERT INTO provider_switch (provider, reason, by, at) VALUES (?, ?, ?, ?)
                    ON CONFLICT (provider) DO UPDATE SET reason = excluded.reason, by = excluded.by, at = excluded.at
                    """
            ).execute(arguments: [provider.provider, provider.reason, provider.by, provider.at.milliseconds])
            try Self.countChange(db)
        }
    }

    package func enable(provider: String) async throws -> Bool {
        try await commits.run { db in
            try db.cachedStatement(sql: "DELETE FROM provider_switch WHERE provider = ?").execute(arguments: [provider])
            return try Self.countChanges(db) > 0
        }
    }

    package func add(_ fault: FaultRule) async throws {
        try await commits.run { db in
            try db.cachedStatement(
                sql: """
                    INSERT INTO fault (id, provider, operation, kind, status, rate, delay, by, at, expires)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                fault.id, fault.provider, fault.operation, fault.kind.word, fault.kind.status, fault.rate,
                fault.delay.wholeMilliseconds, fault.by, fault.at.milliseconds, fault.expires?.milliseconds,
            ])
            try Self.countChange(db)
        }
    }

    package func removeFault(_ id: String) async throws -> Bool {
        try await commits.run { db in
            try db.cachedStatement(sql: "DELETE FROM fault WHERE id = ?").execute(arguments: [id])
            return try Self.countChanges(db) > 0
        }
    }

    package func removeFaults(expiredBy: Timestamp?) async throws -> Int {
        try await commits.run { db in
            try db.cachedStatement(sql: "DELETE FROM fault WHERE ?1 IS NULL OR expires <= ?1")
                .execute(arguments: [expiredBy?.milliseconds])
            return try Self.countChanges(db)
        }
    }

    private static func controlVersion(_ db: Database) throws -> Int {
        try Int.fetchOne(db.cachedStatement(sql: "SELECT version FROM control_version")) ?? 0
    }

    /// Moves the version on if the last statement changed anything; returns how many rows it did.
    private static func countChanges(_ db: Database) throws -> Int {
        let count = db.changesCount
        if count > 0 { try countChange(db) }
        return count
    }

    private static func countChange(_ db: Database) throws {
        try db.cachedStatement(sql: "UPDATE control_version SET version = version + 1").execute()
    }
}

extension FaultRule {
    fileprivate init(row: Row) throws(StoreError) {
        let id: String = row["id"]
        let word: String = row["kind"]
        guard let kind = Kind(word: word, status: row["status"]) else { throw StoreError.damagedRow("fault \(id)") }
        self.init(
            id: id, provider: row["provider"], operation: row["operation"], kind: kind, rate: row["rate"],
            delay: .milliseconds(row["delay"] as Int64), by: row["by"], at: Timestamp(milliseconds: row["at"]),
            expires: Timestamp(column: row["expires"]))
    }
}
