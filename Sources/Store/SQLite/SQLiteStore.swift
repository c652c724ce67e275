import GRDB

/// Tasks, ledger and tokens of one node in one SQLite file.
///
/// Reads run side by side on up to four connections and see the last commit; writes go through `GroupCommit`. Other
/// processes (the command line) may open the same file at the same time.
package final class SQLiteStore: Sendable {
    let pool: DatabasePool
    let commits: GroupCommit
    let ledger: Ledger

    private init(pool: DatabasePool) {
        self.pool = pool
        let commits = GroupCommit(pool: pool)
        self.commits = commits
        ledger = Ledger { portion in
            commits.submit(
                GroupCommit.Operation(
                    perform: { db in
                        for row in portion.rows() { try row.insert(db) }
                        return { portion.report(nil) }
                    },
                    fail: { portion.report($0) }))
        }
    }

    /// Opens the state file, creating it in an existing folder if there is none; throws `.unreadable` for a file that is
    /// damaged, not ours or of a newer version, and `.full`.
    package static func open(path: String) throws(StoreError) -> SQLiteStore {
        SQLiteStore(pool: try file(path).openPool(readers: 4))
    }

    /// The state file as such, for those who copy or check it.
    package static func file(_ path: String) -> SQLiteFile {
        SQLiteFile(
            path: path, applicationID: StateSchema.applicationID, name: "state file",
            migrations: StateSchema.migrations)
    }

    /// Number of transactions committed so far: fewer than writes when they were grouped.
    package var transactions: Int { commits.transactions }

    /// Ends all connections; later use throws. A store that is merely let go leaves nothing behind either.
    package func close() throws(StoreError) {
        do {
            try pool.close()
        } catch {
            throw StoreError(driver: error)
        }
    }

    /// Throws `StoreError`, or `CancellationError` when the caller's task was cancelled.
    func read<Value: Sendable>(_ work: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await pool.read(work)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw StoreError(driver: error)
        }
    }
}
