#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Which files a folder holds and when each was changed last: enough to tell that something is different.
package struct FolderSnapshot: Sendable, Equatable {
    package struct Stamp: Sendable, Equatable {
        let size: Int64
        /// Nanoseconds since 1970.
        let changed: Int64
        let inode: UInt64

        package init(size: Int64, changed: Int64, inode: UInt64 = 0) {
            self.size = size
            self.changed = changed
            self.inode = inode
        }
    }

    /// By path below the folder.
    package private(set) var files: [String: Stamp]
    /// Below the folder, itself (`""`) included.
    private(set) var folders: [String] = []

    /// More than this is no inventory.
    private static let mostFiles = 20_000
    private static let deepest = 8
    /// Written by the server itself, and no part of the inventory.
    private static let proposals = "contracts/proposed"

    package init(files: [String: Stamp] = [:]) {
        self.files = files
    }

    /// Looks at a folder; one that cannot be read is empty. Names that begin with a dot are left out. Links are followed.
    package init(of folder: String) {
        files = [:]
        read(folder, below: "", depth: 0)
    }

    package static func == (left: FolderSnapshot, right: FolderSnapshot) -> Bool {
        left.files == right.files
    }

    /// Files that are new, gone or different.
    package func changes(since old: FolderSnapshot) -> Set<String> {
        var names = Set(files.filter { old.files[$0.key] != $0.value }.keys)
        names.formUnion(old.files.keys.filter { files[$0] == nil })
        return names
    }

    private mutating func read(_ folder: String, below path: String, depth: Int) {
        guard depth <= Self.deepest, let stream = opendir(folder) else { return }
        defer { closedir(stream) }
        folders.append(path)
        while let entry = readdir(stream), files.count < Self.mostFiles {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
                    String(cString: $0)
                }
            }
            var info = stat()
            guard !name.hasPrefix("."), stat(folder + "/" + name, &info) == 0 else { continue }
            let inner = path.isEmpty ? name : path + "/" + name
            switch info.st_mode & S_IFMT {
            case S_IFDIR where inner == Self.proposals: continue
            case S_IFDIR: read(folder + "/" + name, below: inner, depth: depth + 1)
            case S_IFREG: files[inner] = Stamp(info)
            default: continue
            }
        }
    }
}

extension FolderSnapshot.Stamp {
    fileprivate init(_ info: stat) {
        #if canImport(Darwin)
            let time = info.st_mtimespec
        #else
            let time = info.st_mtim
        #endif
        self.init(
            size: Int64(info.st_size), changed: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec),
            inode: UInt64(info.st_ino))
    }
}
