import Access

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Copies that are on the disk when they are done, and of which it is known what they hold.
extension Files {
    private static let piece = 1 << 20

    /// Copies one regular file to a name that is free, for its owner alone; returns its size and SHA-256. nil where the
    /// source is not there (any more). Symbolic links are not followed.
    static func copyDurably(
        _ source: String, to target: String, progress: (Int) -> Void = { _ in }
    ) throws -> (size: Int, sha256: String)? {
        let input = open(source, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard input >= 0 else {
            if errno == ENOENT { return nil }
            throw Failure(.failed, "\(source) cannot be read", evidence: [reason()])
        }
        defer { close(input) }
        var status = stat()
        guard fstat(input, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Failure(.failed, "\(source) is no file")
        }
        let output = open(target, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard output >= 0 else { throw Failure(.failed, "\(target) cannot be written", evidence: [reason()]) }
        defer { close(output) }
        let content = try read(input, source) { bytes in
            guard SystemFile.writeAll(output, bytes) else {
                throw Failure(.failed, "\(target) cannot be written", evidence: [reason()])
            }
            progress(bytes.count)
        }
        guard fsync(output) == 0 else { throw Failure(.failed, "\(target) cannot be written", evidence: [reason()]) }
        return content
    }

    /// Size and SHA-256 of a file that is there.
    static func digest(_ path: String) throws -> (size: Int, sha256: String) {
        let input = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard input >= 0 else { throw Failure(.failed, "\(path) cannot be read", evidence: [reason()]) }
        defer { close(input) }
        return try read(input, path) { _ in }
    }

    /// Reads an open file to its end, piece by piece; returns its size and SHA-256.
    private static func read(
        _ input: Int32, _ path: String, _ use: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> (size: Int, sha256: String) {
        var hash = ContentHash()
        var size = 0
        var buffer = [UInt8](repeating: 0, count: piece)
        while true {
            let count = buffer.withUnsafeMutableBytes { SystemFile.read(input, $0) }
            guard count >= 0 else { throw Failure(.failed, "\(path) cannot be read", evidence: [reason()]) }
            if count == 0 { return (size, hash.text()) }
            hash.add(buffer[..<count])
            try buffer[..<count].withUnsafeBytes { try use($0) }
            size += count
        }
    }

    /// Brings a file or a folder's names to the disk.
    static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(.failed, "\(path) cannot be made durable", evidence: [reason()]) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw Failure(.failed, "\(path) cannot be made durable", evidence: [reason()])
        }
    }

    /// Regular files in a folder and below, by their paths from it on, sorted; symbolic links are left out.
    static func tree(_ folder: String, below: String = "", depth: Int = 0) -> (files: [String], folders: [String]) {
        var files: [String] = []
        var folders: [String] = []
        guard depth < 8 else { return ([], []) }
        for name in names(in: below.isEmpty ? folder : "\(folder)/\(below)", hiddenToo: true) {
            let path = below.isEmpty ? name : "\(below)/\(name)"
            var status = stat()
            guard lstat("\(folder)/\(path)", &status) == 0 else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFREG: files.append(path)
            case S_IFDIR:
                folders.append(path)
                let inner = tree(folder, below: path, depth: depth + 1)
                files += inner.files
                folders += inner.folders
            default: continue
            }
        }
        return (files, folders)
    }

    /// Puts two folders in each other's place at once, so that there is no moment without either. A file system that cannot
    /// do that does it in three steps.
    static func exchange(_ one: String, _ other: String) throws {
        if systemExchange(one, other) == 0 { return }
        guard [EINVAL, ENOSYS, ENOTSUP].contains(errno) else {
            throw Failure(.failed, "\(one) cannot be put in the place of \(other)", evidence: [reason()])
        }
        let aside = other + ".aside"
        try move(other, to: aside)
        try move(one, to: other)
        try move(aside, to: one)
    }

    private static func systemExchange(_ one: String, _ other: String) -> Int32 {
        #if canImport(Darwin)
            return renamex_np(one, other, UInt32(RENAME_SWAP))
        #else
            // Glibc hides it from programs that do not ask for GNU's own functions (renameat2(2), flag RENAME_EXCHANGE).
            typealias Rename =
                @convention(c) (
                    Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
                ) -> Int32
            guard let symbol = dlsym(nil, "renameat2") else {
                errno = ENOSYS
                return -1
            }
            return unsafeBitCast(symbol, to: Rename.self)(AT_FDCWD, one, AT_FDCWD, other, 2)
        #endif
    }

    /// Gives a file or folder a name that is free.
    static func move(_ path: String, to target: String) throws {
        var status = stat()
        guard lstat(target, &status) != 0 else { throw Failure(.failed, "\(target) is there already") }
        guard rename(path, target) == 0 else {
            throw Failure(.failed, "\(path) cannot become \(target)", evidence: [reason()])
        }
    }

    /// The path without symbolic links; as it was where there is no such file.
    static func real(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}
