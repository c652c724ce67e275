import GRDB

extension SQLiteStore: PauseStore {
    package func keepPauses(_ pauses: [ProviderPause], at: Timestamp) async throws {
        guard !pauses.isEmpty else { return }
        try await commits.run { db in
            try db.cachedStatement(sql: "DELETE FROM provider_pause WHERE until <= ?")
                .execute(arguments: [at.milliseconds])
            let keep = try db.cachedStatement(
                sql: """
                    INSERT INTO provider_pause (provider, until) VALUES (?, ?)
                    ON CONFLICT (provider) DO UPDATE SET until = max(until, excluded.until)
                    """)
            for pause in pauses { try keep.execute(arguments: [pause.provider, pause.until.milliseconds]) }
        }
    }

    package func pauses(at: Timestamp) async throws -> [ProviderPause] {
        try await read { db in
            let find = try db.cachedStatement(sql: "SELECT provider, until FROM provider_pause WHERE until > ?")
            return try Row.fetchAll(find, arguments: [at.milliseconds]).map {
                ProviderPause(provider: $0[0], until: Timestamp(milliseconds: $0[1]))
            }
        }
    }
}
