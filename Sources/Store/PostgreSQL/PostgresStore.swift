import Synchronization

/// Tasks, ledger, tokens and everything nodes share, in a PostgreSQL database (15 or later) that any number of nodes use
/// at the same time.
///
/// Tasks go through `PostgresTaskWriter`, other writes through `PostgresCommits`, reads through `PostgresReaders`. Times
/// are those that callers pass in, as for SQLite: leases, shares and pauses bear nodes' clocks that differ by less than
/// the margins these leave, a second or two.
package final class PostgresStore: Sendable {
    let ground: PostgresLink.Ground
    let tasks: PostgresTaskWriter
    let commits: PostgresCommits
    let readers: PostgresReaders
    let ledger: Ledger
    let signals: PostgresSignals

    private init(_ ground: PostgresLink.Ground, schema: String) {
        self.ground = ground
        tasks = PostgresTaskWriter(ground)
        let commits = PostgresCommits(ground)
        self.commits = commits
        readers = PostgresReaders(ground)
        signals = PostgresSignals(ground, schema: schema)
        ledger = Ledger { portion in
            commits.submit(
                PostgresCommits.Operation(
                    perform: { transaction in
                        try EncodedCall.insert(portion.rows(), transaction)
                        return { portion.report(nil) }
                    },
                    fail: { portion.report($0) }))
        }
    }

    /// Connects and brings the tables up to date.
    ///
    /// Throws `.unavailable` when the database does not answer, `.unreadable` when it is too old, was set up by a newer
    /// version, or acknowledges before it has written.
    package static func open(
        _ address: PostgresAddress, options: PostgresOptions = PostgresOptions()
    ) async throws(StoreError) -> PostgresStore {
        let ground = PostgresLink.Ground(address: address, options: options)
        let link = PostgresLink(ground, label: "opening")
        let schema = try await link.perform { connection in
            let schema = try examine(connection, options.statementTimeout)
            try PostgresSchema.migrate(connection, timeout: options.statementTimeout)
            return schema
        }
        link.close()
        return PostgresStore(ground, schema: schema)
    }

    /// The schema in which unqualified tables are made.
    private static func examine(_ connection: PostgresConnection, _ timeout: Duration) throws -> String {
        let look = PostgresStatement(
            """
            SELECT current_setting('server_version_num')::bigint AS version,
                current_setting('synchronous_commit') AS synchronous, coalesce(current_schema()::text, '') AS schema,
                current_setting('server_encoding') AS encoding
            """)
        guard let row = try connection.run([look], timeout: timeout)[0].first else {
            throw StoreError(.failed, "The database gave no answer.")
        }
        guard try row.int("version") >= 150_000 else {
            throw StoreError(.unreadable, "The database server is too old: Footing needs PostgreSQL 15 or later.")
        }
        guard try row.text("synchronous") != "off" else {
            throw StoreError(
                .unreadable,
                "The database acknowledges before it has written (synchronous_commit is off): switch it on for "
                    + "Footing's database or user.")
        }
        guard try row.text("encoding") == "UTF8" else {
            throw StoreError(.unreadable, "The database's encoding must be UTF8.")
        }
        let schema = try row.text("schema")
        guard !schema.isEmpty else {
            throw StoreError(
                .unreadable, "The database has no schema for Footing: make the one that its search_path names.")
        }
        return schema
    }

    /// Number of transactions committed so far: fewer than writes when they were grouped.
    package var transactions: Int { tasks.transactions + commits.transactions }

    /// Ends all connections; later use throws.
    package func close() {
        ground.isClosed.store(true, ordering: .relaxed)
        signals.close()
        tasks.close()
        commits.close()
        readers.close()
    }
}
