import Store

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder opened by its own path, in which files are used by name alone: no path leads out of it, and symbolic links are
/// never followed. All functions block while the disk works.
struct FolderHandle: Sendable {
    static let temporaryPrefix = ".part-"

    private let descriptor: FileDescriptor

    private init(_ descriptor: FileDescriptor) {
        self.descriptor = descriptor
    }

    /// nil if there is none. Throws `workspace_unusable` where something else is in its place.
    static func open(_ path: String) throws(Problem) -> FolderHandle? {
        try handle(FileDescriptor(systemOpen(path, flags)))
    }

    /// The folder at that path, made with all above it.
    static func make(_ path: String) throws(Problem) -> FolderHandle {
        if let folder = try open(path) { return folder }
        var made = ""
        for part in path.split(separator: "/") {
            made += "/" + part
            var status = stat()
            if stat(made, &status) != 0 { try confirm(mkdir(made, 0o700)) }
        }
        guard let folder = try open(path) else { throw Problem.fileTrouble("written", errno: ENOENT) }
        return folder
    }

    /// A folder in this one; nil if there is none.
    func folder(_ name: String) throws(Problem) -> FolderHandle? {
        try Self.handle(FileDescriptor(openat(descriptor.number, name, Self.flags)))
    }

    /// A folder in this one, made if there is none.
    func makeFolder(_ name: String) throws(Problem) -> FolderHandle {
        if let folder = try folder(name) { return folder }
        try Self.confirm(mkdirat(descriptor.number, name, 0o700))
        guard let folder = try folder(name) else { throw Problem.fileTrouble("written", errno: ENOENT) }
        sync()
        return folder
    }

    private static func confirm(_ result: Int32) throws(Problem) {
        guard result != 0, errno != EEXIST else { return }
        throw trouble(errno, "the task's folder", doing: "written")
    }

    private static func handle(_ descriptor: FileDescriptor?) throws(Problem) -> FolderHandle? {
        if let descriptor { return FolderHandle(descriptor) }
        guard errno == ENOENT else { throw Problem.fileTrouble("opened", errno: errno) }
        return nil
    }

    // MARK: - What is in it

    /// All names but `.` and `..`, in no order.
    func names() throws(Problem) -> [String] {
        // The directory stream takes its descriptor over.
        let copy = openat(descriptor.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else { throw Problem.fileTrouble("listed", errno: errno) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// When a name was last added to the folder or taken away.
    var changed: Timestamp? {
        var status = stat()
        return fstat(descriptor.number, &status) == 0 ? FileStatus.changed(status) : nil
    }

    /// Size and time of a regular file; nil for anything else.
    func status(of name: String) -> FileStatus? {
        var status = stat()
        guard fstatat(descriptor.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return FileStatus(status)
    }

    /// A regular file opened for reading; nil for anything else.
    func file(_ name: String) -> (FileDescriptor, FileStatus)? {
        // Without blocking: a name may be that of a pipe nobody writes to.
        guard
            let file = FileDescriptor(
                openat(descriptor.number, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC))
        else { return nil }
        var status = stat()
        guard fstat(file.number, &status) == 0, let regular = FileStatus(status) else { return nil }
        return (file, regular)
    }

    // MARK: - Changes

    /// Writes the file beside its place, brings it to the disk and moves it there. `shown` names it in problems.
    func write(_ bytes: [UInt8], to name: String, shown: String) throws(Problem) {
        let temporary = "\(Self.temporaryPrefix)\(UInt64.random(in: .min ... .max))-\(name)"
        guard
            let file = FileDescriptor(
                openat(descriptor.number, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600))
        else { throw Self.trouble(errno, "\"\(shown)\"", doing: "written") }
        var failure = file.write(all: bytes)
        if failure == 0, fsync(file.number) != 0 { failure = errno }
        guard failure == 0, renameat(descriptor.number, temporary, descriptor.number, name) == 0 else {
            let code = failure == 0 ? errno : failure
            remove(temporary)
            throw Self.trouble(code, "\"\(shown)\"", doing: "written")
        }
        sync()
    }

    /// Gives a file the present time; false if it is not there.
    func touch(_ name: String) -> Bool {
        utimensat(descriptor.number, name, nil, AT_SYMLINK_NOFOLLOW) == 0
    }

    /// Removes a file, or whatever else of that name is no folder; false if nothing was removed.
    @discardableResult
    func remove(_ name: String) -> Bool {
        unlinkat(descriptor.number, name, 0) == 0
    }

    /// Removes an empty folder.
    func removeFolder(_ name: String) {
        unlinkat(descriptor.number, name, AT_REMOVEDIR)
    }

    /// Brings what was added and removed to the disk.
    func sync() {
        fsync(descriptor.number)
    }

    /// Locks the folder against others with the system's lock on a file in it. nil: somebody else holds it.
    ///
    /// - Parameter waits: for the others, rather than giving up. The lock ends with what is returned.
    func lock(_ name: String, exclusive: Bool, waits: Bool) throws(Problem) -> FileDescriptor? {
        guard
            let file = FileDescriptor(openat(descriptor.number, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600))
        else { throw Self.trouble(errno, "the task's folder", doing: "locked") }
        let kind = (exclusive ? LOCK_EX : LOCK_SH) | (waits ? 0 : LOCK_NB)
        while flock(file.number, kind) != 0 {
            guard errno == EINTR else { return nil }
        }
        return file
    }

    private static let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC

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
}
