#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension Files {
    /// Makes the folders above a file.
    static func makeFolders(of path: String) throws {
        var folder = ""
        for part in path.split(separator: "/").dropLast() {
            folder += "/" + part
            guard mkdir(folder, 0o755) == 0 || errno == EEXIST || isFolder(folder) else {
                throw Failure(.failed, "The folder \(folder) cannot be made", evidence: [reason()])
            }
        }
    }

    /// Copies a folder with the files in it; names that begin with a dot are left out, links are followed.
    static func copyFolder(_ source: String, to target: String, depth: Int = 0) throws {
        guard depth < 16 else { return }
        try makeFolders(of: target + "/x")
        for name in names(in: source) {
            let from = source + "/" + name
            if isFolder(from) {
                try copyFolder(from, to: target + "/" + name, depth: depth + 1)
            } else {
                try write(try read(from, limit: 64 << 20), to: target + "/" + name)
            }
        }
    }

    /// Removes a folder with everything in it; follows no links.
    static func removeFolder(_ path: String) {
        for name in names(in: path, hiddenToo: true) {
            let inner = path + "/" + name
            var status = stat()
            if lstat(inner, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
                removeFolder(inner)
            } else {
                remove(inner)
            }
        }
        rmdir(path)
    }
}
