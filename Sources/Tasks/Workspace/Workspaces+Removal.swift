package import Store

/// Removing files. A backup that is under way holds all of it up: what its copy of the state names must still be there.
extension Workspaces {
    private static let keepLock = ".keep"

    /// Removes the files of these tasks; contents that nobody else refers to go with the next `removeOrphans`.
    ///
    /// Returns nil when nothing can be removed now, because a backup is under way.
    package func remove(tasks: [String]) throws(Problem) -> FileRemoval? {
        try removing { () throws(Problem) in
            var removal = FileRemoval()
            for task in tasks {
                removal = removal + (try of(task).remove())
            }
            return removal
        }
    }

    /// Removes contents nobody has referred to since `before`, which is to be an hour ago or more. nil as above.
    package func removeOrphans(before: Timestamp) throws(Problem) -> FileRemoval? {
        guard room.takeOrphanHint() else { return FileRemoval() }
        let removal = try removing { () throws(Problem) in
            var referred: Set<String> = []
            for task in try tasks() {
                for entry in try of(task).entries() { referred.insert(entry.artifact.sha256) }
            }
            return try BlobShelf(root: root).remove(unless: referred.contains, before: before)
        }
        // What was too young goes another time.
        room.lostReference()
        return removal
    }

    /// Nothing is removed as long as what is returned lives; waits for a removal that is under way. nil where there are no
    /// files.
    package func holdRemovals() throws(Problem) -> (any Sendable)? {
        guard let folder = try FolderHandle.open(root) else { return nil }
        return try folder.lock(Self.keepLock, exclusive: false, waits: true)
    }

    private func removing(
        _ remove: () throws(Problem) -> FileRemoval
    ) throws(Problem) -> FileRemoval? {
        guard let folder = try FolderHandle.open(root) else { return FileRemoval() }
        guard let lock = try folder.lock(Self.keepLock, exclusive: true, waits: false) else { return nil }
        return try withExtendedLifetime(lock, remove)
    }
}
