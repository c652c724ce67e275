import Store

/// Contents by their SHA-256: equal ones stand here once, whoever made them.
///
/// `.blobs/ab/abcdef…` below the folder of all workspaces. A content is whole before its name is there. Those that no entry
/// refers to are removed by `Workspaces.removeOrphans`; a lock keeps that away from whoever is about to refer to one.
struct BlobShelf: Sendable {
    static let folderName = ".blobs"
    private static let lockName = "lock"

    /// The folder of all workspaces.
    let root: String

    static func isHash(_ text: String) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }

    /// Keeps the content and runs `refer`, which is to store a reference to it; the content is not removed in between.
    func keep(_ bytes: [UInt8], hash: String, shown: String, refer: () throws(Problem) -> Void) throws(Problem) {
        let shelf = try FolderHandle.make(root).makeFolder(Self.folderName)
        let lock = try shelf.lock(Self.lockName, exclusive: false, waits: true)
        try withExtendedLifetime(lock) { () throws(Problem) in
            let folder = try shelf.makeFolder(String(hash.prefix(2)))
            // A file that has another name too could be changed there.
            if let there = folder.status(of: hash), there.size == bytes.count, there.links == 1, folder.touch(hash) {
                folder.sync()
            } else {
                try folder.write(bytes, to: hash, shown: shown)
            }
            try refer()
        }
    }

    /// nil where the content is missing, or not what was kept.
    func open(_ hash: String, size: Int) throws(Problem) -> FileDescriptor? {
        guard let folder = try folder(of: hash), let (file, status) = folder.file(hash), status.size == size,
            status.links == 1
        else { return nil }
        return file
    }

    private func folder(of hash: String) throws(Problem) -> FolderHandle? {
        guard Self.isHash(hash), let shelf = try FolderHandle.open("\(root)/\(Self.folderName)") else { return nil }
        return try shelf.folder(String(hash.prefix(2)))
    }

    /// Removes contents that are not referred to and have not been touched since `before`, and what crashes left.
    func remove(unless isReferred: (String) -> Bool, before: Timestamp) throws(Problem) -> FileRemoval {
        var removal = FileRemoval()
        guard let shelf = try FolderHandle.open("\(root)/\(Self.folderName)") else { return removal }
        for name in try shelf.names() where name.utf8.count == 2 {
            guard let folder = try shelf.folder(name) else { continue }
            for blob in try folder.names() where !isReferred(blob) {
                guard let seen = folder.status(of: blob), seen.changed < before else { continue }
                let lock = try shelf.lock(Self.lockName, exclusive: true, waits: true)
                withExtendedLifetime(lock) {
                    // Looked at again: somebody may have touched it, to refer to it, before the lock was had.
                    guard let status = folder.status(of: blob), status.changed < before, folder.remove(blob) else {
                        return
                    }
                    removal.files += 1
                    removal.bytes += status.size
                }
            }
        }
        return removal
    }
}
