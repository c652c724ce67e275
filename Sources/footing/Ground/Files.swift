#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Small files, read and written as a whole.
enum Files {
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    static var currentFolder: String {
        guard let path = getcwd(nil, 0) else { return "/" }
        defer { free(path) }
        return String(cString: path)
    }

    /// The path from the root on, without `.` and `..`.
    static func absolute(_ path: String) -> String {
        var parts: [Substring] = path.hasPrefix("/") ? [] : currentFolder.split(separator: "/")
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// The whole file; `-` is standard input. Throws `Failure` where it cannot be read or is larger than `limit` bytes.
    static func read(_ path: String, limit: Int = 16 << 20) throws -> [UInt8] {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Failure(errno == ENOENT ? .notFound : .failed, "\(path) cannot be read", evidence: [reason()])
        }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            #if canImport(Glibc)
                let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            #else
                let count = chunk.withUnsafeMutableBytes { Darwin.read(descriptor, $0.baseAddress, $0.count) }
            #endif
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw Failure(.failed, "\(path) cannot be read", evidence: [reason()])
            }
            bytes += chunk[..<count]
            guard bytes.count <= limit else {
                throw Failure(.failed, "\(path) is too large", evidence: ["At most \(Words.bytes(limit)) are read."])
            }
        }
    }

    /// Writes the file beside its place and moves it there, so that nobody ever sees half of it.
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644) throws {
        var template = Array("\(path).XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw Failure(.failed, "\(path) cannot be written", evidence: [reason()]) }
        let draft = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        var start = 0
        var isWritten = fchmod(descriptor, mode) == 0
        while isWritten, start < bytes.count {
            #if canImport(Glibc)
                let count = bytes[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            #else
                let count = bytes[start...].withUnsafeBytes { Darwin.write(descriptor, $0.baseAddress, $0.count) }
            #endif
            if count > 0 { start += count } else { isWritten = count < 0 && errno == EINTR }
        }
        isWritten = isWritten && fsync(descriptor) == 0
        let why = isWritten ? "" : reason()
        close(descriptor)
        guard isWritten, rename(draft, path) == 0 else {
            let why = why.isEmpty ? reason() : why
            unlink(draft)
            throw Failure(.failed, "\(path) cannot be written", evidence: [why])
        }
    }

    /// What a folder holds, sorted; nothing where there is no such folder.
    ///
    /// - Parameter hiddenToo: also names that begin with a dot.
    static func names(in folder: String, hiddenToo: Bool = false) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
                    String(cString: $0)
                }
            }
            if name != ".", name != "..", hiddenToo || !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// Makes the folder unless it is there; the one above it must be.
    static func makeFolder(_ path: String, mode: mode_t = 0o755) throws {
        guard mkdir(path, mode) != 0, errno != EEXIST else { return }
        throw Failure(.failed, "The folder \(path) cannot be made", evidence: [reason()])
    }

    static func remove(_ path: String) {
        unlink(path)
    }

    /// What the system said last.
    static func reason() -> String {
        errno == 0 ? "The system gave no reason." : String(cString: strerror(errno)) + "."
    }
}
