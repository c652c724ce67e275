import Crypto
package import Store

/// The files of one task, in a folder of their own.
///
/// A name has an entry (`.file-NAME`) that tells which content it has; the contents are on the shelf. Files of earlier
/// servers stand in the folder under their own names and stay readable. A file appears whole or not at all, and symbolic
/// and hard links lead nowhere. All functions block while the disk works.
package struct Workspace: Sendable {
    let root: String
    let task: String
    /// Whose room its files take; empty: nobody's.
    let tenant: String
    let room: RoomBook

    private var shelf: BlobShelf { BlobShelf(root: root) }

    /// Stores the file under its name, in place of an earlier one. Throws `disk_full`, `workspace_full`,
    /// `tenant_full`, `file_name_refused` or `workspace_unusable`, and leaves nothing half-written.
    package func publish(_ name: String, _ bytes: [UInt8], at: Timestamp) throws(Problem) -> Artifact {
        guard FileName.isSafe(name) else { throw Problem.fileNameRefused(name) }
        let folder = try FolderHandle.make(root).makeFolder(task)
        let there = try entries(in: folder)
        let others = there.filter { $0.artifact.name != name }
        let limit = room.task
        guard others.reduce(bytes.count, { $0 + $1.artifact.size }) <= limit else {
            throw Problem.workspaceFull(limit: limit)
        }
        let earlier = there.first { $0.artifact.name == name }
        let added = bytes.count - (earlier?.tenant == tenant ? earlier?.artifact.size ?? 0 : 0)
        if let limit = takeRoom(added) { throw Problem.tenantFull(limit: limit) }
        let artifact = Artifact(
            name: name, size: bytes.count, type: MediaType.of(name, content: bytes),
            sha256: Hex.text(SHA256.hash(data: bytes)), created: at)
        do {
            try shelf.keep(bytes, hash: artifact.sha256, shown: name) { () throws(Problem) in
                let entry = FileEntry(artifact, tenant: tenant)
                try folder.write(entry.bytes, to: FileEntry.fileName(name), shown: name)
            }
        } catch {
            _ = takeRoom(-added)
            throw error
        }
        // Of an earlier server; the entry stands before it.
        folder.remove(name)
        if let earlier, earlier.artifact.sha256 != artifact.sha256 { room.lostReference() }
        return artifact
    }

    /// All files by name; none if the task has no folder.
    package func list() throws(Problem) -> [Artifact] {
        guard let folder = try openFolder() else { return [] }
        return try entries(in: folder).map { entry throws(Problem) in
            guard entry.artifact.sha256.isEmpty, let file = plain(entry.artifact.name, in: folder) else {
                return entry.artifact
            }
            return Artifact(
                name: file.name, size: file.size, type: file.type, sha256: try file.hash(), created: file.created)
        }
    }

    /// The file opened for reading; nil if there is none of that name.
    package func open(_ name: String) throws(Problem) -> OpenArtifact? {
        guard FileName.isSafe(name), let folder = try openFolder() else { return nil }
        guard let entry = entry(name, in: folder) else { return plain(name, in: folder) }
        guard let content = try shelf.open(entry.artifact.sha256, size: entry.artifact.size) else { return nil }
        return OpenArtifact(entry.artifact, content)
    }

    /// Removes what a crash left half-written. To be called when nothing else writes to the workspace.
    func sweep() throws(Problem) {
        guard let folder = try openFolder() else { return }
        for name in try folder.names() where name.hasPrefix(FolderHandle.temporaryPrefix) { folder.remove(name) }
    }

    /// Every file, by name; those of earlier servers without a hash and a tenant.
    func entries() throws(Problem) -> [FileEntry] {
        guard let folder = try openFolder() else { return [] }
        return try entries(in: folder)
    }

    /// Removes the folder with everything in it; the contents stay on the shelf.
    func remove() throws(Problem) -> FileRemoval {
        guard let all = try FolderHandle.open(root), let folder = try openFolder() else { return FileRemoval() }
        var removal = FileRemoval(tasks: 1)
        for entry in try entries(in: folder) {
            removal.files += 1
            // Room on the disk comes back with the content.
            if entry.artifact.sha256.isEmpty { removal.bytes += entry.artifact.size }
            _ = room.take(-entry.artifact.size, for: entry.tenant) { [:] }
        }
        for name in try folder.names() { folder.remove(name) }
        all.removeFolder(task)
        all.sync()
        room.lostReference()
        return removal
    }

    private func takeRoom(_ bytes: Int) -> Int? {
        room.take(bytes, for: tenant) { Workspaces(root: root, room: room).usedRoom() }
    }

    private func openFolder() throws(Problem) -> FolderHandle? {
        try FolderHandle.open("\(root)/\(task)")
    }

    private func entries(in folder: FolderHandle) throws(Problem) -> [FileEntry] {
        let names = try folder.names()
        var entries = names.compactMap { FileEntry.name(of: $0) }.compactMap { entry($0, in: folder) }
        let known = Set(entries.map(\.artifact.name))
        for name in names where FileName.isSafe(name) && !known.contains(name) {
            guard let status = folder.status(of: name), status.links == 1 else { continue }
            let artifact = Artifact(
                name: name, size: status.size, type: MediaType.of(name), sha256: "", created: status.changed)
            entries.append(FileEntry(artifact, tenant: ""))
        }
        return entries.sorted { $0.artifact.name < $1.artifact.name }
    }

    private func entry(_ name: String, in folder: FolderHandle) -> FileEntry? {
        guard let (file, status) = folder.file(FileEntry.fileName(name)), status.size <= FileEntry.limit else {
            return nil
        }
        return FileEntry(name: name, file.readAll(limit: FileEntry.limit))
    }

    /// A file of an earlier server. One with a second name is refused: it may be somebody else's.
    private func plain(_ name: String, in folder: FolderHandle) -> OpenArtifact? {
        guard let (file, status) = folder.file(name), status.links == 1 else { return nil }
        let artifact = Artifact(
            name: name, size: status.size, type: MediaType.of(name), sha256: "", created: status.changed)
        return OpenArtifact(artifact, file)
    }
}
