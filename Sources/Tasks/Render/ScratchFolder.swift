import Store

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder of its own below the system's temporary one, for the files that are handed to a child process; readable by
/// this user alone.
struct ScratchFolder: Sendable {
    let path: String

    /// Throws `disk_full` or `workspace_unusable`.
    init() throws(Problem) {
        var template = Array("\(Renderer.environment("TMPDIR") ?? "/tmp")/footing-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw Self.trouble(errno) }
        path = String(cString: made)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func write(_ name: String, _ bytes: [UInt8]) throws(Problem) {
        guard let file = FileDescriptor(open(file(name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)) else {
            throw Self.trouble(errno)
        }
        let failure = file.write(all: bytes)
        guard failure == 0 else { throw Self.trouble(failure) }
    }

    /// The file's content, at most `limit` bytes of it; nil if there is none.
    func read(_ name: String, limit: Int) -> [UInt8]? {
        guard let file = FileDescriptor(open(file(name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)) else {
            return nil
        }
        return file.readAll(limit: limit)
    }

    /// Removes the folder and the files in it; folders in it stay, and so does it then.
    func remove() {
        if let stream = opendir(path) {
            while let entry = readdir(stream) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name != ".", name != ".." { unlink(file(name)) }
            }
            closedir(stream)
        }
        rmdir(path)
    }

    private static func trouble(_ code: Int32) -> Problem {
        code == ENOSPC || code == EDQUOT ? .diskFull("a temporary file") : .fileTrouble("written", errno: code)
    }
}
