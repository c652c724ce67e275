package import GRDB

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// How a SQLite file of ours is recognised, opened and brought to its newest form.
///
/// A file is ours when its header carries the application id. Id and tables of a new file are written in one
/// transaction of SQLite's rollback journal, before the file is switched to WAL: so a file without the id is never
/// ours, and a foreign one is refused as it is. The file is looked at through SQLite only: closing another descriptor
/// of it would drop the process's locks (sqlite.org, "How To Corrupt", section 2.2).
package struct SQLiteFile: Sendable {
    package let path: String
    /// `PRAGMA application_id` of this kind of file.
    package let applicationID: Int32
    /// What the file is called in errors, e.g. `state file`.
    package let name: String
    /// SQL of migration 1, 2, …; `PRAGMA user_version` counts how many a file has.
    package let migrations: [String]
    /// Zeroes deleted content, for files that hold what must not linger.
    package let erasesDeleted: Bool

    package init(
        path: String, applicationID: Int32, name: String, migrations: [String], erasesDeleted: Bool = false
    ) {
        self.path = path
        self.applicationID = applicationID
        self.name = name
        self.migrations = migrations
        self.erasesDeleted = erasesDeleted
    }

    /// Opens the file with one writer and up to `readers` readers, creating it if there is none.
    package func openPool(readers: Int) throws(StoreError) -> DatabasePool {
        try opening {
            let pool = try DatabasePool(path: path, configuration: configuration(readers: readers))
            try pool.writeWithoutTransaction { try makeDurable($0) }
            return pool
        }
    }

    /// Opens the file with one connection that reads and writes, creating it if there is none.
    package func openQueue() throws(StoreError) -> DatabaseQueue {
        try opening {
            var configuration = configuration(readers: 1)
            configuration.journalMode = .wal
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { try makeDurable($0) }
            return queue
        }
    }

    func opening<Opened>(_ open: () throws -> Opened) throws(StoreError) -> Opened {
        do {
            return try open()
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_NOTADB, .SQLITE_CORRUPT:
                throw StoreError(
                    .unreadable,
                    "The \(name) is damaged or not a Footing file: put back a copy, or move it away to begin anew.",
                    detail: "\(path): \(error.message ?? "")")
            case .SQLITE_CANTOPEN:
                throw StoreError(
                    .unreadable, "The \(name) cannot be opened: is its folder there, and may Footing write to it?",
                    detail: "\(path): \(error.message ?? "")")
            default:
                throw StoreError(driver: error)
            }
        } catch {
            throw StoreError(driver: error)
        }
    }

    private func configuration(readers: Int) -> Configuration {
        var configuration = Configuration()
        configuration.maximumReaderCount = readers
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        // A transaction that cannot even be rolled back is dealt with by whoever began it, not by a trap.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            // Negative: KiB instead of pages.
            try db.execute(sql: "PRAGMA cache_size = \(db.configuration.readonly ? -512 : -2048)")
            try db.execute(sql: "PRAGMA mmap_size = 0")
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            guard !db.configuration.readonly else { return }
            if erasesDeleted { try db.execute(sql: "PRAGMA secure_delete = ON") }
            try migrate(db)
        }
        return configuration
    }

    /// GRDB chooses NORMAL for WAL, which may lose acknowledged commits when the power fails.
    private func makeDurable(_ db: Database) throws {
        try db.execute(sql: "PRAGMA synchronous = FULL")
        try db.execute(sql: "PRAGMA journal_size_limit = 16777216")
    }

    private func migrate(_ db: Database) throws {
        if try isOurs(db), try version(db) == migrations.count { return }
        try db.inTransaction(.immediate) {
            // Looked at again: another process may have done it while this one waited for the lock.
            if try !isOurs(db) {
                guard try isEmpty(db) else {
                    throw StoreError(
                        .unreadable, "The \(name) belongs to another program; it was left as it is.", detail: path)
                }
                // For the owner alone; SQLite gives the log files the same permissions.
                chmod(path, 0o600)
            }
            let version = try version(db)
            for (index, sql) in migrations.enumerated() where index >= version {
                try db.execute(sql: sql)
            }
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: "PRAGMA user_version = \(migrations.count)")
            return .commit
        }
    }

    func isOurs(_ db: Database) throws -> Bool {
        try Int32.fetchOne(db, sql: "PRAGMA application_id") == applicationID
    }

    private func isEmpty(_ db: Database) throws -> Bool {
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master")
        let ids = try ["application_id", "user_version"].map { try Int.fetchOne(db, sql: "PRAGMA \($0)") }
        return tables == 0 && ids == [0, 0]
    }

    func version(_ db: Database) throws -> Int {
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard version <= migrations.count else {
            throw StoreError(
                .unreadable,
                "The \(name) was written by a newer Footing (format \(version), this one knows \(migrations.count)): "
                    + "update Footing, or start with another project folder.",
                detail: path)
        }
        return version
    }
}
