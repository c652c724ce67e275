import Store

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the system says of a regular file.
struct FileStatus: Sendable {
    /// Bytes.
    let size: Int
    let changed: Timestamp
    /// More than one: the file has another name too, perhaps outside.
    let links: Int

    /// nil for anything but a regular file.
    init?(_ status: stat) {
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        size = Int(status.st_size)
        changed = Self.changed(status)
        links = Int(status.st_nlink)
    }

    static func changed(_ status: stat) -> Timestamp {
        #if canImport(Darwin)
            let changed = status.st_mtimespec
        #else
            let changed = status.st_mtim
        #endif
        return Timestamp(milliseconds: Int64(changed.tv_sec) * 1000 + Int64(changed.tv_nsec) / 1_000_000)
    }
}
