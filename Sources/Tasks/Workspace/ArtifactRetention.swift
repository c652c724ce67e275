package import Store

/// Removes the files of tasks that have had their day, and of tasks that are gone.
package struct ArtifactRetention: Sendable {
    /// A content may wait this long for the entry that refers to it.
    static let grace = Duration.seconds(3600)

    let workspaces: Workspaces
    let store: any TaskStore

    package init(workspaces: Workspaces, store: any TaskStore) {
        self.workspaces = workspaces
        self.store = store
    }

    /// Removes the files of tasks that ended before `endedBefore`, then contents nobody refers to. What a backup stands
    /// against is left for the next time.
    package func clear(endedBefore: Timestamp, at now: Timestamp) async throws -> FileRemoval {
        var due: [String] = []
        for task in try workspaces.tasks() {
            // Whose folder changed later cannot have ended before.
            guard let changed = try FolderHandle.open("\(workspaces.root)/\(task)")?.changed, changed < endedBefore
            else {
                continue
            }
            guard let record = try await store.task(task) else {
                due.append(task)
                continue
            }
            if record.state.isFinal, let finished = record.finished, finished < endedBefore { due.append(task) }
        }
        guard let removed = try workspaces.remove(tasks: due),
            let orphans = try workspaces.removeOrphans(before: now - Self.grace)
        else { return FileRemoval() }
        return removed + orphans
    }
}
