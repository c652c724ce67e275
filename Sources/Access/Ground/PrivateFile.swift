import Inventory

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A small file for its owner alone (mode 0600), such as a key: read only when nobody else can, written all at once.
package struct PrivateFile {
    private static let sizeLimit = 4096

    let path: String

    /// nil when there is no such file; throws `.fileExposed` when group or others may read or write it.
    func read() throws(AccessError) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw failed("cannot be opened")
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw failed("cannot be read") }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw AccessError(.fileFailed, "\(path) is not a file.")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw AccessError(
                .fileExposed, "\(path) can be read by other users of this machine: run  chmod 600 \(path)")
        }
        var bytes = [UInt8](repeating: 0, count: Self.sizeLimit)
        var count = 0
        while count < bytes.count {
            let added = bytes[count...].withUnsafeMutableBytes { SystemFile.read(file, $0) }
            guard added >= 0 else { throw failed("cannot be read") }
            if added == 0 { break }
            count += added
        }
        return Array(bytes.prefix(count))
    }

    /// Creates the file with this content, whole and on disk, unless there is one already (then false). Of several
    /// processes that try at once, one succeeds.
    func create(_ bytes: [UInt8]) throws(AccessError) -> Bool {
        let suffix = Base64.text(RandomBytes.make(9), .url)
        let draft = "\(path).\(suffix)"
        try write(bytes, to: draft)
        defer { unlink(draft) }
        guard link(draft, path) == 0 else {
            if errno == EEXIST { return false }
            throw failed("cannot be created")
        }
        try syncFolder()
        return true
    }

    var exists: Bool { access(path, F_OK) == 0 }

    func remove() {
        unlink(path)
    }

    /// Makes the folder (mode 0700) unless it is there.
    package static func makeFolder(_ path: String) throws(AccessError) {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        throw AccessError(.fileFailed, "The folder \(path) cannot be created: \(Self.errorText)")
    }

    private func write(_ bytes: [UInt8], to draft: String) throws(AccessError) {
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failed("cannot be created") }
        defer { close(file) }
        // Independent of the umask.
        guard fchmod(file, 0o600) == 0, bytes.withUnsafeBytes({ SystemFile.writeAll(file, $0) }), fsync(file) == 0
        else {
            let error = failed("cannot be written")
            unlink(draft)
            throw error
        }
    }

    private func syncFolder() throws(AccessError) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let file = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failed("cannot be made durable") }
        defer { close(file) }
        guard fsync(file) == 0 else { throw failed("cannot be made durable") }
    }

    private func failed(_ what: String) -> AccessError {
        AccessError(.fileFailed, "\(path) \(what): \(Self.errorText)")
    }

    private static var errorText: String { String(cString: strerror(errno)) }
}
