import Access
import Inventory
import Store

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The files of a project's state, and who uses them.
struct StateFiles: Sendable {
    static let state = "state.db"
    static let secrets = EmbeddedSecretStore.fileName
    static let masterKey = "master.key"
    static let workspaces = "workspaces"
    /// What else is worth keeping; `cli.token`, `address` and the like are made anew.
    static let others = ["contract-tests.json"]

    let folder: ProjectFolder
    /// The state folder itself, where the project has only a link to it.
    let path: String

    /// Throws `Failure` where the state does not lie in files.
    init(_ folder: ProjectFolder) throws {
        if let url = Environment.variable("FOOTING_DATABASE_URL"), !url.isEmpty {
            throw Failure(
                .usage, "The state of this project lies in PostgreSQL (FOOTING_DATABASE_URL)",
                evidence: [
                    "footing store is for the SQLite file. PostgreSQL has tools of its own: pg_dump and pg_restore for a "
                        + "backup, a base backup with archived WAL for any moment (PITR), pg_amcheck, VACUUM.",
                    "Secrets and files of tasks stay in \(folder.state): copy secrets.db and workspaces/ beside the dump.",
                ], advice: "pg_dump --format=custom --file=footing.dump \"$FOOTING_DATABASE_URL\"")
        }
        self.folder = folder
        path = Files.real(folder.state)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    var exists: Bool { Files.exists(file(Self.state)) || Files.exists(file(Self.secrets)) }

    /// Throws `Failure` where there is no state yet.
    func requireState() throws {
        guard exists else {
            throw Failure(
                .notFound, "This project has no state yet", evidence: ["\(folder.state) holds no \(Self.state)."],
                advice: "footing serve")
        }
    }

    /// The state for this command alone. Throws `Failure` when a server runs.
    ///
    /// Servers hold the folder's lock. One that is older than the lock is known by its heartbeat: it says until when it
    /// lives, at most 15 seconds ahead.
    func alone(at now: Timestamp, to what: String) throws -> StateLock {
        if !StateLock.isKnown(in: path), Files.exists(file(Self.state)),
            let until = try StateFileCheck(path: file(Self.state)).lastNode(), until > now
        {
            throw running(
                what, "If it was killed, this is certain in \(Words.wait((until - now).milliseconds)).")
        }
        guard let lock = try StateLock.take(path, for: .alone) else { throw running(what, nil) }
        return lock
    }

    /// Whether somebody serves this state, or does something else with it.
    var isInUse: Bool {
        get throws { try StateLock.take(path, for: .alone) == nil }
    }

    /// The state beside a running server: nobody replaces it meanwhile.
    func beside() throws -> StateLock {
        guard let lock = try StateLock.take(path, for: .serving) else {
            throw Failure(.failed, "Another command is restoring this state or making it smaller")
        }
        return lock
    }

    private func running(_ what: String, _ more: String?) -> Failure {
        let address = (try? Files.read(folder.addressFile, limit: 1024))
            .map { String(decoding: $0, as: UTF8.self).filter { !$0.isWhitespace } }
        let place = address.map { " at \($0)" } ?? ""
        return Failure(
            .failed, "A server is running on this state\(place)",
            evidence: ["Nothing was changed."] + (more.map { [$0] } ?? []),
            advice: "end it with SIGTERM or Ctrl-C, \(what), and start it again")
    }
}
