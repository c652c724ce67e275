/// The tables, as numbered migrations: an entry is never changed once released, only added to.
///
/// Each must leave nodes of the version before it working: it adds tables, columns with defaults and indexes; what is no
/// longer needed goes one version later. It runs in one transaction that gives up rather than wait long for a lock.
enum PostgresSchema {
    /// First half of our advisory locks; "Foot" in ASCII.
    static let lockSpace: Int32 = 0x466F_6F74

    static let migrations = [first]

    /// Brings the schema up to date, one node at a time; throws `.unreadable` for that of a newer version.
    static func migrate(
        _ connection: PostgresConnection, to migrations: [String] = migrations, timeout: Duration
    ) throws {
        if try version(connection, timeout) == migrations.count { return }
        let transaction = PostgresTransaction(connection, timeout: timeout)
        try transaction.execute("SELECT set_config('lock_timeout', '10s', true)")
        try transaction.lock("migration")
        try transaction.execute("CREATE TABLE IF NOT EXISTS footing_schema (version bigint NOT NULL)")
        // Looked at again: another node may have done it while this one waited for the lock.
        let rows = try transaction.execute("SELECT version FROM footing_schema")
        let version = Int(rows.first?.optionalInt("version") ?? 0)
        try refuse(version, above: migrations.count)
        for (index, sql) in migrations.enumerated() where index >= version {
            try transaction.run(sql.split(separator: ";\n").map { PostgresStatement(String($0)) })
        }
        try transaction.run([
            PostgresStatement("DELETE FROM footing_schema"),
            PostgresStatement("INSERT INTO footing_schema (version) VALUES ($1)", [.int(migrations.count)]),
        ])
        try transaction.commit()
    }

    private static func version(_ connection: PostgresConnection, _ timeout: Duration) throws -> Int {
        let find = PostgresStatement("SELECT to_regclass('footing_schema')::text AS name")
        guard try connection.run([find], timeout: timeout)[0].first?.optionalText("name") != nil else { return 0 }
        let read = PostgresStatement("SELECT version FROM footing_schema")
        let version = Int(try connection.run([read], timeout: timeout)[0].first?.optionalInt("version") ?? 0)
        return version
    }

    private static func refuse(_ version: Int, above known: Int) throws(StoreError) {
        guard version <= known else {
            throw StoreError(
                .unreadable,
                "The database was set up by a newer Footing (format \(version), this one knows \(known)): update this "
                    + "node.")
        }
    }
}
