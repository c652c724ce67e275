package import Inventory
package import Store

/// The folder in which all tasks have theirs.
package struct Workspaces: Sendable {
    /// An absolute path.
    package let root: String
    let room: RoomBook

    /// - Parameters:
    ///   - quota: what the files of one task may have together, bytes.
    ///   - tenantQuota: what all files of one tenant may have together, bytes; nil: no limit.
    package init(root: String, quota: Int = 256 << 20, tenantQuota: Int? = nil) {
        self.init(root: root, room: RoomBook(task: quota, tenant: tenantQuota))
    }

    init(root: String, room: RoomBook) {
        self.root = root
        self.room = room
    }

    /// New limits; files that are there already stay.
    package func changeQuotas(_ rules: WorkspaceRules) {
        room.change(task: rules.task, tenant: rules.tenant)
    }

    /// The task's workspace; its folder is made when its first file is published.
    ///
    /// - Parameter tenant: whose room published files take; whoever only reads need not know.
    package func of(_ task: String, tenant: String = "") throws(Problem) -> Workspace {
        // Ids come from the path of a request.
        guard FileName.isSafe(task) else { throw Problem.fileNameRefused(task) }
        return Workspace(root: root, task: task, tenant: tenant, room: room)
    }

    /// Every task that has a folder, in no order.
    package func tasks() throws(Problem) -> [String] {
        guard let folder = try FolderHandle.open(root) else { return [] }
        return try folder.names().filter { FileName.isSafe($0) }
    }

    /// Bytes that each tenant's files have; what cannot be read is left out.
    func usedRoom() -> [String: Int] {
        var used: [String: Int] = [:]
        for task in (try? tasks()) ?? [] {
            for entry in (try? of(task).entries()) ?? [] where !entry.tenant.isEmpty {
                used[entry.tenant, default: 0] += entry.artifact.size
            }
        }
        return used
    }
}
