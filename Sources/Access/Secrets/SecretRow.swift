import GRDB
import Store

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One stored version of a secret, still encrypted.
struct SecretRow: Sendable {
    let name: String
    let version: Int
    let created: Timestamp
    let wrappedKey: [UInt8]
    let value: [UInt8]
    let fingerprint: String

    init(name: String, version: Int, created: Timestamp, sealed: SecretSealing.Sealed) {
        self.name = name
        self.version = version
        self.created = created
        wrappedKey = sealed.wrappedKey
        value = sealed.value
        fingerprint = sealed.fingerprint
    }

    private init(row: Row) {
        name = row["name"]
        version = row["version"]
        created = Timestamp(milliseconds: row["created"])
        wrappedKey = Array(row["wrapped_key"] as Data)
        value = Array(row["value"] as Data)
        fingerprint = row["fingerprint"]
    }

    static func current(_ name: String, _ db: Database) throws -> SecretRow? {
        let statement = try db.cachedStatement(
            sql: "SELECT * FROM secret WHERE name = ? ORDER BY version DESC LIMIT 1")
        return try Row.fetchOne(statement, arguments: [name]).map(SecretRow.init(row:))
    }

    static func all(_ db: Database) throws -> [SecretRow] {
        try Row.fetchAll(db.cachedStatement(sql: "SELECT * FROM secret ORDER BY name, version DESC"))
            .map(SecretRow.init(row:))
    }

    /// 0 when there is none.
    static func newestVersion(_ name: String, _ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT max(version) FROM secret WHERE name = ?", arguments: [name]) ?? 0
    }

    func insert(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO secret (name, version, created, wrapped_key, value, fingerprint)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [name, version, created.milliseconds, Data(wrappedKey), Data(value), fingerprint])
    }

    static func prune(_ name: String, keeping count: Int, _ db: Database) throws {
        try db.execute(
            sql: """
                DELETE FROM secret WHERE name = :name AND version <= (
                    SELECT version FROM secret WHERE name = :name ORDER BY version DESC LIMIT 1 OFFSET :count)
                """,
            arguments: ["name": name, "count": count])
    }

    static func removeAll(_ name: String, _ db: Database) throws -> Int {
        try db.execute(sql: "DELETE FROM secret WHERE name = ?", arguments: [name])
        return db.changesCount
    }
}
