import GRDB
package import Store
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Secrets in an encrypted SQLite file beside the state file.
///
/// Several processes may use the file at once: every read asks SQLite whether another one has committed since
/// (`PRAGMA data_version`), which takes microseconds, and decrypts again only then. So a rotation by the command line
/// takes effect with the server's next call.
package final class EmbeddedSecretStore: SecretStore {
    package static let fileName = "secrets.db"
    private static let keptVersions = 3

    private struct Cache {
        var dataVersion: Int?
        var secrets: [String: Result<Secret, AccessError>] = [:]
        var scrubber: SecretScrubber?
        var lastScrubber = SecretScrubber([])
    }

    private let path: String
    private let queue: DatabaseQueue
    private let sealing: SecretSealing
    private let clock: any WallClock
    private let cache = Mutex(Cache())

    /// Opens `secrets.db` in the state folder, creating it if there is none. Throws `.masterKeyWrong` when it was written
    /// with another master key.
    package init(folder: String, key: MasterKey, clock: any WallClock) throws(AccessError) {
        path = folder + "/" + Self.fileName
        self.clock = clock
        sealing = SecretSealing(key)
        try PrivateFile.makeFolder(folder)
        do {
            queue = try Self.file(path).openQueue()
            let known = try SecretSchema.check(queue, expected: sealing.check)
            guard known else { throw Self.wrong(key, path) }
        } catch {
            throw Self.failure(error)
        }
    }

    /// The secret file as such, for those who copy or check it.
    package static func file(_ path: String) -> SQLiteFile {
        SQLiteFile(
            path: path, applicationID: SecretSchema.applicationID, name: "secret file",
            migrations: SecretSchema.migrations, erasesDeleted: true)
    }

    package func value(of name: String) async throws -> Secret {
        try current(name)
    }

    /// `value(of:)` for callers that cannot suspend: a few microseconds unless the secret has just changed.
    package func current(_ name: String) throws(AccessError) -> Secret {
        do {
            return try queue.unsafeRead { db in
                try refresh(db)
                if let known = cache.withLock({ $0.secrets[name] }) { return try known.get() }
                guard let row = try SecretRow.current(name, db) else {
                    throw AccessError(
                        .secretUnknown, "The secret \(name) is not set: run  footing secret set \(name)")
                }
                let secret = Result { try open(row) }.mapError(Self.failure)
                cache.withLock { $0.secrets[name] = secret }
                return try secret.get()
            }
        } catch {
            throw Self.failure(error)
        }
    }

    package func list() async throws -> [SecretInfo] {
        let rows = try await reading { db in try SecretRow.all(db) }
        return Dictionary(grouping: rows, by: \.name).values.compactMap(Self.info).sorted { $0.name < $1.name }
    }

    package func set(_ name: String, _ value: String) async throws -> SecretChange {
        try SecretRules.check(name: name)
        let (value, newlineRemoved) = try SecretRules.checked(value: value)
        let created = clock.now()
        let version = try await writing { [sealing] db in
            let version = try SecretRow.newestVersion(name, db) + 1
            let sealed = try sealing.seal(value, name: name, version: version)
            try SecretRow(name: name, version: version, created: created, sealed: sealed).insert(db)
            try SecretRow.prune(name, keeping: Self.keptVersions, db)
            return version
        }
        return SecretChange(version: version, newlineRemoved: newlineRemoved)
    }

    package func remove(_ name: String) async throws -> Bool {
        try await writing { db in try SecretRow.removeAll(name, db) > 0 }
    }

    package func scrubber() async -> SecretScrubber {
        currentScrubber()
    }

    /// `scrubber()` for callers that cannot suspend; cheap unless a secret has just changed.
    package func currentScrubber() -> SecretScrubber {
        do {
            return try queue.unsafeRead { db in
                try refresh(db)
                if let known = cache.withLock({ $0.scrubber }) { return known }
                // A row that cannot be decrypted cannot leak either.
                let scrubber = SecretScrubber(try SecretRow.all(db).compactMap { try? open($0) })
                cache.withLock {
                    $0.scrubber = scrubber
                    $0.lastScrubber = scrubber
                }
                return scrubber
            }
        } catch {
            return cache.withLock { $0.lastScrubber }
        }
    }

    /// Forgets what was decrypted when another connection has committed since.
    private func refresh(_ db: Database) throws {
        let version = try Int.fetchOne(db.cachedStatement(sql: "PRAGMA data_version"))
        cache.withLock { cache in
            guard cache.dataVersion != version else { return }
            cache.dataVersion = version
            cache.secrets = [:]
            cache.scrubber = nil
        }
    }

    private func open(_ row: SecretRow) throws(AccessError) -> Secret {
        do {
            let value = try sealing.open(
                wrappedKey: row.wrappedKey, value: row.value, name: row.name, version: row.version)
            return Secret(name: row.name, value: value)
        } catch {
            throw AccessError(
                .secretDamaged,
                "The stored secret \(row.name) is damaged: set it again with  footing secret set \(row.name)",
                detail: "\(path), version \(row.version): \(error)")
        }
    }

    private func reading<Value: Sendable>(_ work: @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await queue.read(work)
        } catch {
            throw Self.failure(error)
        }
    }

    private func writing<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do {
            return try await queue.writeWithoutTransaction { [self] db in
                // Own commits do not move `data_version`.
                defer { cache.withLock { $0.dataVersion = nil } }
                var value: Value?
                try db.inTransaction(.immediate) {
                    value = try work(db)
                    return .commit
                }
                guard let value else { throw AccessError(.secretStoreFailed, "The secret was not stored.") }
                return value
            }
        } catch {
            throw Self.failure(error)
        }
    }

    private static func info(_ rows: [SecretRow]) -> SecretInfo? {
        let rows = rows.sorted { $0.version > $1.version }
        guard let newest = rows.first else { return nil }
        return SecretInfo(
            name: newest.name,
            versions: rows.map { row in
                SecretInfo.Version(
                    number: row.version, created: row.created,
                    state: row.version == newest.version ? .current : .previous)
            },
            fingerprint: newest.fingerprint)
    }

    private static func wrong(_ key: MasterKey, _ path: String) -> AccessError {
        AccessError(
            .masterKeyWrong,
            "\(path) was written with another master key than the one in \(key.origin): put the right key back. "
                + "If it is lost, move \(fileName) away and set the secrets again.")
    }

    private static func failure(_ error: any Error) -> AccessError {
        if let error = error as? AccessError { return error }
        let error = StoreError(driver: error)
        return AccessError(.secretStoreFailed, error.reason, detail: error.detail)
    }
}
