import Access
import Store

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Puts a backup in the place of a project's state.
///
/// The backup is copied beside the state folder and looked through there, byte by byte and by SQLite; then the two folders
/// change places at once. So whenever it is interrupted, the state is the earlier or the restored one. The earlier one is
/// kept.
struct StateRestore {
    /// What became of the key to the secrets.
    enum MasterKeyFate: String, Sendable {
        /// There are no secrets in the backup.
        case notNeeded = "not_needed"
        case fromBackup = "from_backup"
        case fromEarlierState = "from_earlier_state"
        /// `FOOTING_MASTER_KEY` opens the secrets.
        case fromVariable = "from_variable"
        /// Nobody has it here, or what is here does not fit.
        case missing
    }

    struct Outcome: Sendable {
        let manifest: BackupManifest
        /// Where the earlier state lies now; nil where there was none.
        let earlier: String?
        let masterKey: MasterKeyFate
    }

    private static let mark = ".restoring-"

    let files: StateFiles
    /// Absolute: the backup's folder.
    let source: String
    let replaces: Bool
    let clock: any WallClock
    let progress: ProgressLine

    func run() throws -> Outcome {
        let manifest = try BackupManifest.read(source)
        try PrivateFile.makeFolder(files.path)
        let lock = try files.alone(at: clock.now(), to: "restore")
        return try withExtendedLifetime(lock) {
            guard replaces || !files.exists else {
                throw Failure(
                    .failed, "This project has a state already", evidence: ["Nothing was changed."],
                    advice: "add --replace: the state that is here is then moved aside, never deleted")
            }
            removeRemains()
            let draft = try makeDraft()
            do {
                // Whoever starts a server between the exchange and the end is told to wait.
                let held = try StateLock.take(draft, for: .alone)
                return try withExtendedLifetime(held) {
                    try copy(manifest, to: draft)
                    try checkDatabases(draft)
                    let key = try provideMasterKey(manifest, draft)
                    return Outcome(manifest: manifest, earlier: try change(with: draft), masterKey: key)
                }
            } catch {
                if Files.exists(draft) { Files.removeFolder(draft) }
                throw error
            }
        }
    }

    // MARK: - Beside the state

    private var stem: String { files.path }

    private func makeDraft() throws -> String {
        var template = Array("\(stem)\(Self.mark)XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Failure(.failed, "Nothing can be written beside \(files.path)", evidence: [Files.reason()])
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Removes what a restore that was killed had copied; the lock says that no other is at it.
    private func removeRemains() {
        let (parent, name) = Self.split(stem)
        let prefix = name + Self.mark
        for entry in Files.names(in: parent, hiddenToo: true)
        where entry.hasPrefix(prefix) && entry.count == prefix.count + 6 {
            Files.removeFolder("\(parent)/\(entry)")
        }
    }

    private func copy(_ manifest: BackupManifest, to draft: String) throws {
        var made: Set<String> = []
        var done = 0
        for entry in manifest.entries {
            let target = "\(draft)/\(entry.path)"
            let folder = Self.split(target).parent
            if made.insert(folder).inserted { try makeFolders(folder, in: draft) }
            let digest = try Files.copyDurably("\(source)/\(entry.path)", to: target) { count in
                done += count
                progress.show("\(entry.path)  \(Words.bytes(done)) of \(Words.bytes(manifest.size))")
            }
            guard let digest, digest.size == entry.size, digest.sha256 == entry.sha256 else {
                throw Failure(
                    .failed, "The backup is damaged",
                    evidence: [
                        "\(entry.path) \(digest == nil ? "is missing" : "is not what the manifest says").",
                        "Nothing was changed.",
                    ], advice: "take another backup")
            }
        }
        for folder in Files.tree(draft).folders { try Files.sync("\(draft)/\(folder)") }
    }

    private func makeFolders(_ folder: String, in draft: String) throws {
        var path = draft
        for part in folder.dropFirst(draft.count).split(separator: "/") {
            path += "/" + part
            try Files.makeFolder(path, mode: 0o700)
        }
    }

    // MARK: - What was copied

    /// The databases are whole, and of a form that this program knows.
    private func checkDatabases(_ draft: String) throws {
        for file in [
            SQLiteStore.file("\(draft)/\(StateFiles.state)"),
            EmbeddedSecretStore.file("\(draft)/\(StateFiles.secrets)"),
        ] where Files.exists(file.path) {
            progress.show("looking through \(Self.split(file.path).name)", isNew: true)
            let check = try file.integrity()
            guard check.isGood else {
                throw Failure(
                    .failed, "The backup is damaged", evidence: check.faults.prefix(3) + ["Nothing was changed."])
            }
        }
    }

    /// Sees to it that the restored secrets can be opened, if somebody here has the key.
    private func provideMasterKey(_ manifest: BackupManifest, _ draft: String) throws -> MasterKeyFate {
        guard manifest.hasSecrets else { return .notNeeded }
        if let variable = Environment.variable(MasterKey.variable) {
            return opens(draft, variable) ? .fromVariable : .missing
        }
        if manifest.hasMasterKey { return opens(draft, nil) ? .fromBackup : .missing }
        let (earlier, target) = (files.file(StateFiles.masterKey), "\(draft)/\(StateFiles.masterKey)")
        guard try Files.copyDurably(earlier, to: target) != nil else { return .missing }
        if opens(draft, nil) { return .fromEarlierState }
        Files.remove(target)
        return .missing
    }

    private func opens(_ draft: String, _ variable: String?) -> Bool {
        guard let key = try? MasterKey.load(folder: draft, environment: variable) else { return false }
        return (try? EmbeddedSecretStore(folder: draft, key: key, clock: clock)) != nil
    }

    // MARK: - The change

    private func change(with draft: String) throws -> String? {
        try Files.sync(draft)
        // Also a lone key, or whatever else lay there, is kept.
        let isEmpty = Files.names(in: files.path, hiddenToo: true).allSatisfy { $0 == StateLock.fileName }
        try Files.exchange(draft, files.path)
        let (parent, name) = Self.split(stem)
        try Files.sync(parent)
        guard !isEmpty else {
            Files.removeFolder(draft)
            return nil
        }
        let time = clock.now().description.prefix(19).filter { $0 != "-" && $0 != ":" }
        var earlier = "\(parent)/\(name).before-\(time)"
        var number = 1
        while Files.exists(earlier) {
            number += 1
            earlier = "\(parent)/\(name).before-\(time)-\(number)"
        }
        try Files.move(draft, to: earlier)
        try Files.sync(parent)
        return earlier
    }

    private static func split(_ path: String) -> (parent: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        return (
            slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...])
        )
    }
}
