import GRDB

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What is done to a file as a whole, beside the server that may be using it: nothing here brings it to a newer form.
extension SQLiteFile {
    private static let pagesPerStep: CInt = 256

    /// Runs `work` in one read transaction: it sees one moment of the file, and keeps no writer waiting.
    ///
    /// Throws `.unreadable` where the file is not ours, damaged, or of a newer version.
    func reading<Value>(_ work: (Database) throws -> Value) throws(StoreError) -> Value {
        try opening {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            configuration.prepareDatabase { db in
                try db.execute(sql: "PRAGMA trusted_schema = OFF")
            }
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            return try queue.read { db in
                guard try isOurs(db) else {
                    throw StoreError(.unreadable, "The \(name) is not a Footing file.", detail: path)
                }
                _ = try version(db)
                return try work(db)
            }
        }
    }

    /// How many migrations the file has.
    package func format() throws(StoreError) -> Int {
        try reading { try version($0) }
    }

    /// Writes a copy of this moment to a new file: whole, in one file without a log beside it, on the disk.
    ///
    /// The source's transaction stays open from the first page to the last, so that the copy is of one moment and does
    /// not begin anew when others write (sqlite.org, "Online Backup API").
    ///
    /// - Parameter progress: told the pages copied and all pages; what it throws ends the copy.
    package func copy(to target: String, progress: (Int, Int) throws -> Void) throws(StoreError) {
        try reading { source in
            let queue = try DatabaseQueue(path: target)
            defer { try? queue.close() }
            try queue.writeWithoutTransaction { copy in
                chmod(target, 0o600)
                try withoutActuallyEscaping(progress) { progress in
                    try source.backup(to: copy, pagesPerStep: Self.pagesPerStep) { step in
                        try progress(step.totalPageCount - step.remainingPageCount, step.totalPageCount)
                    }
                }
                // The header says WAL, as the source's does; a copy is complete without a second file.
                try copy.execute(sql: "PRAGMA journal_mode = DELETE")
            }
        }
    }

    /// Gives unused room back to the disk; returns the bytes before and after. Nobody else may use the file meanwhile.
    package func vacuum() throws(StoreError) -> (before: Int, after: Int) {
        let queue = try openQueue()
        return try opening {
            defer { try? queue.close() }
            return try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                let before = try Self.size(db)
                try db.execute(sql: "VACUUM")
                try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                return (before, try Self.size(db))
            }
        }
    }

    private static func size(_ db: Database) throws -> Int {
        let parts = try ["page_count", "page_size"].map { try Int.fetchOne(db, sql: "PRAGMA \($0)") ?? 0 }
        return parts[0] * parts[1]
    }
}
