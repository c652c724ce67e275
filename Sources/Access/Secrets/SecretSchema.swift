import GRDB

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The tables of the secret file, as numbered migrations.
enum SecretSchema {
    /// "FooS" in ASCII.
    static let applicationID: Int32 = 0x466F_6F53

    static let migrations = [
        """
        CREATE TABLE secret (
            name TEXT NOT NULL,
            version INTEGER NOT NULL,
            created INTEGER NOT NULL,
            wrapped_key BLOB NOT NULL,
            value BLOB NOT NULL,
            fingerprint TEXT NOT NULL,
            UNIQUE (name, version)
        ) STRICT;
        CREATE TABLE master_key (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            check_value BLOB NOT NULL
        ) STRICT;
        """
    ]

    /// Whether the file belongs to the master key of that check value; a new file is bound to it.
    static func check(_ queue: DatabaseQueue, expected: [UInt8]) throws -> Bool {
        try queue.writeWithoutTransaction { db in
            let find = "SELECT check_value FROM master_key"
            if let stored = try Data.fetchOne(db, sql: find) { return Array(stored) == expected }
            try db.execute(
                sql: "INSERT OR IGNORE INTO master_key (id, check_value) VALUES (1, ?)", arguments: [Data(expected)])
            return try Data.fetchOne(db, sql: find).map(Array.init) == expected
        }
    }
}
