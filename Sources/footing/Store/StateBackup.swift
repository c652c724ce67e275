import Access
import Contracts
import Store
import Tasks

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Makes a backup, beside a running server too.
///
/// Everything is written into a folder beside the target, brought to the disk and moved to its name, the manifest last: a
/// backup is whole or not there. The databases are copied first: every file that their copies name is on the disk by then,
/// and none is removed until the end.
struct StateBackup {
    let files: StateFiles
    /// Absolute.
    let target: String
    let withMasterKey: Bool
    let project: String
    let clock: any WallClock
    let progress: ProgressLine

    private static let mark = ".part-"

    func make() throws -> BackupManifest {
        guard !Files.exists(target) else {
            throw Failure(
                .failed, "\(target) is there already", evidence: ["Nothing was changed."],
                advice: "name a folder that does not exist yet")
        }
        let isLive = try files.isInUse
        let lock = try files.beside()
        let hold = try Workspaces(root: files.file(StateFiles.workspaces)).holdRemovals()
        return try withExtendedLifetime((lock, hold)) {
            removeRemains()
            let draft = try makeDraft()
            do {
                let manifest = try fill(draft.path, isLive: isLive)
                try Files.write(
                    Array((manifest.json.pretty() + "\n").utf8), to: "\(draft.path)/\(BackupManifest.fileName)",
                    mode: 0o600)
                Files.remove("\(draft.path)/\(StateLock.fileName)")
                for folder in Files.tree(draft.path).folders { try Files.sync("\(draft.path)/\(folder)") }
                try Files.sync(draft.path)
                try Files.move(draft.path, to: target)
                try Files.sync(parent)
                return manifest
            } catch {
                Files.removeFolder(draft.path)
                throw error
            }
        }
    }

    private var parent: String {
        target.lastIndex(of: "/").map { $0 == target.startIndex ? "/" : String(target[..<$0]) } ?? "."
    }

    // MARK: - The draft

    /// A folder beside the target, locked as long as its maker lives.
    private func makeDraft() throws -> (path: String, lock: StateLock) {
        var template = Array("\(target)\(Self.mark)XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Failure(.failed, "\(target) cannot be written", evidence: [Files.reason()])
        }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard let lock = try StateLock.take(path, for: .alone) else {
            throw Failure(.failed, "\(path) is taken by another command")
        }
        return (path, lock)
    }

    /// Removes drafts of backups to this target that were killed.
    private func removeRemains() {
        let prefix = String(target.dropFirst(parent.count).drop { $0 == "/" }) + Self.mark
        for name in Files.names(in: parent, hiddenToo: true)
        where name.hasPrefix(prefix) && name.count == prefix.count + 6 {
            let remains = "\(parent)/\(name)"
            guard (try? StateLock.take(remains, for: .alone)) != nil else { continue }
            Files.removeFolder(remains)
        }
    }

    // MARK: - Content

    private func fill(_ draft: String, isLive: Bool) throws -> BackupManifest {
        let made = clock.now()
        var entries: [BackupManifest.Entry] = []
        var formats: [(String, Int)] = []
        for (name, file) in [
            (StateFiles.state, SQLiteStore.file(files.file(StateFiles.state))),
            (StateFiles.secrets, EmbeddedSecretStore.file(files.file(StateFiles.secrets))),
        ] where Files.exists(file.path) {
            let copy = "\(draft)/\(name)"
            progress.show("\(name)", isNew: true)
            try file.copy(to: copy) { done, total in
                progress.show("\(name)  \(done * 100 / max(total, 1)) of 100")
            }
            try Files.sync(copy)
            let digest = try Files.digest(copy)
            entries.append(BackupManifest.Entry(path: name, size: digest.size, sha256: digest.sha256))
            formats.append((name, try file.format()))
        }
        for name in StateFiles.others + (withMasterKey ? [StateFiles.masterKey] : []) {
            try add(name, to: draft, &entries)
        }
        let tree = Files.tree(files.file(StateFiles.workspaces))
        if Files.isFolder(files.file(StateFiles.workspaces)) {
            try Files.makeFolder("\(draft)/\(StateFiles.workspaces)", mode: 0o700)
        }
        for folder in tree.folders { try Files.makeFolder("\(draft)/\(StateFiles.workspaces)/\(folder)", mode: 0o700) }
        for (index, path) in tree.files.enumerated() where !Self.isTemporary(path) {
            progress.show("\(StateFiles.workspaces)  \(index + 1) of \(tree.files.count)")
            try add("\(StateFiles.workspaces)/\(path)", to: draft, &entries)
        }
        return BackupManifest(
            made: made, program: VersionCommand.number, project: project, isLive: isLive, formats: formats,
            entries: entries)
    }

    private func add(_ path: String, to draft: String, _ entries: inout [BackupManifest.Entry]) throws {
        guard let digest = try Files.copyDurably(files.file(path), to: "\(draft)/\(path)") else { return }
        entries.append(BackupManifest.Entry(path: path, size: digest.size, sha256: digest.sha256))
    }

    /// What is being written now, and locks.
    private static func isTemporary(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        return name.hasPrefix(".part-") || name == ".keep" || path == ".blobs/lock"
    }
}
