import Crypto
package import Store

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The files of one task, in a folder of their own.
///
/// A file appears whole or not at all: it is written beside its place, brought to the disk, then moved there. Symbolic
/// links are never followed, neither for the folder nor for a file in it. All functions block while the disk works.
package struct Workspace: Sendable {
    private static let temporaryPrefix = ".part-"

    private let root: String
    private let task: String
    private let quota: Int

    init(root: String, task: String, quota: Int) {
        self.root = root
        self.task = task
        self.quota = quota
    }

    /// Stores the file under its name, in place of an earlier one. Throws `disk_full`, `workspace_full`,
    /// `file_name_refused` or `workspace_unusable`, and leaves nothing half-written.
    package func publish(_ name: String, _ bytes: [UInt8], at: Timestamp) throws(Problem) -> Artifact {
        guard FileName.isSafe(name) else { throw Problem.fileNameRefused(name) }
        try Self.makeFolders(root)
        try Self.makeFolder("\(root)/\(task)")
        guard let folder = try openFolder() else { throw Problem.fileTrouble("written", errno: ENOENT) }
        let others = try names(in: folder).filter { $0 != name }.compactMap { Self.status(of: $0, in: folder)?.size }
        guard others.reduce(bytes.count, +) <= quota else { throw Problem.workspaceFull(limit: quota) }
        try Self.write(bytes, name, in: folder)
        return Artifact(
            name: name, size: bytes.count, type: MediaType.of(name), sha256: Self.hash(bytes), created: at)
    }

    /// All files by name; none if the task has no folder.
    package func list() throws(Problem) -> [Artifact] {
        guard let folder = try openFolder() else { return [] }
        var artifacts: [Artifact] = []
        for name in try names(in: folder).sorted() {
            guard let file = Self.open(name, in: folder) else { continue }
            artifacts.append(
                Artifact(
                    name: name, size: file.size, type: file.type, sha256: try Self.hash(file), created: file.created))
        }
        return artifacts
    }

    /// The file opened for reading; nil if there is none of that name.
    package func open(_ name: String) throws(Problem) -> OpenArtifact? {
        guard FileName.isSafe(name), let folder = try openFolder() else { return nil }
        return Self.open(name, in: folder)
    }

    /// Removes what a crash left half-written. To be called when nothing else writes to the workspace.
    func sweep() throws(Problem) {
        guard let folder = try openFolder() else { return }
        for name in try names(in: folder, prefix: Self.temporaryPrefix) { unlinkat(folder.number, name, 0) }
    }

    // MARK: - The folder

    private static func makeFolders(_ path: String) throws(Problem) {
        var made = ""
        for part in path.split(separator: "/") {
            made += "/" + part
            var status = stat()
            if stat(made, &status) == 0 { continue }
            try makeFolder(made)
        }
    }

    private static func makeFolder(_ path: String) throws(Problem) {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        throw trouble(errno, "the task's folder", doing: "written")
    }

    private func openFolder() throws(Problem) -> FileDescriptor? {
        if let folder = FileDescriptor(
            Self.systemOpen("\(root)/\(task)", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC))
        {
            return folder
        }
        guard errno == ENOENT else { throw Problem.fileTrouble("opened", errno: errno) }
        return nil
    }

    /// Names of published files, or those that begin with a prefix.
    private func names(in folder: FileDescriptor, prefix: String? = nil) throws(Problem) -> [String] {
        // The directory stream takes its descriptor over.
        let copy = openat(folder.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else { throw Problem.fileTrouble("listed", errno: errno) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if prefix.map(name.hasPrefix) ?? FileName.isSafe(name) { names.append(name) }
        }
        return names
    }

    // MARK: - One file

    /// Size and time of a regular file; nil for anything else.
    private static func status(of name: String, in folder: FileDescriptor) -> (size: Int, changed: Timestamp)? {
        var status = stat()
        guard fstatat(folder.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return regular(status)
    }

    private static func regular(_ status: stat) -> (size: Int, changed: Timestamp)? {
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        #if canImport(Darwin)
            let changed = status.st_mtimespec
        #else
            let changed = status.st_mtim
        #endif
        return (
            Int(status.st_size),
            Timestamp(milliseconds: Int64(changed.tv_sec) * 1000 + Int64(changed.tv_nsec) / 1_000_000)
        )
    }

    private static func open(_ name: String, in folder: FileDescriptor) -> OpenArtifact? {
        // Without blocking: a name may be that of a pipe nobody writes to.
        guard
            let file = FileDescriptor(
                openat(folder.number, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC))
        else { return nil }
        var status = stat()
        guard fstat(file.number, &status) == 0, let regular = regular(status) else { return nil }
        return OpenArtifact(name: name, size: regular.size, created: regular.changed, descriptor: file)
    }

    private static func write(_ bytes: [UInt8], _ name: String, in folder: FileDescriptor) throws(Problem) {
        let temporary = "\(temporaryPrefix)\(UInt64.random(in: .min ... .max))-\(name)"
        guard
            let file = FileDescriptor(
                openat(folder.number, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600))
        else { throw trouble(errno, "\"\(name)\"", doing: "written") }
        var failure = file.write(all: bytes)
        if failure == 0, fsync(file.number) != 0 { failure = errno }
        guard failure == 0, renameat(folder.number, temporary, folder.number, name) == 0 else {
            let code = failure == 0 ? errno : failure
            unlinkat(folder.number, temporary, 0)
            throw trouble(code, "\"\(name)\"", doing: "written")
        }
        fsync(folder.number)
    }

    private static func trouble(_ code: Int32, _ what: String, doing: String) -> Problem {
        code == ENOSPC || code == EDQUOT ? .diskFull(what) : .fileTrouble(doing, errno: code)
    }

    private static func systemOpen(_ path: String, _ flags: Int32) -> Int32 {
        #if canImport(Glibc)
            Glibc.open(path, flags)
        #else
            Darwin.open(path, flags)
        #endif
    }

    // MARK: - Hashes

    private static func hash(_ bytes: [UInt8]) -> String {
        Hex.text(SHA256.hash(data: bytes))
    }

    private static func hash(_ file: OpenArtifact) throws(Problem) -> String {
        var hash = SHA256()
        var offset = 0
        while offset < file.size {
            let piece = try file.read(at: offset, upTo: 1 << 20)
            guard !piece.isEmpty else { break }
            hash.update(data: piece)
            offset += piece.count
        }
        return Hex.text(hash.finalize())
    }
}
