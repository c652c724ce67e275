package import Store

/// The folder in which all tasks have theirs.
package struct Workspaces: Sendable {
    /// An absolute path.
    package let root: String
    /// What the files of one task may have together, bytes.
    package let quota: Int

    package init(root: String, quota: Int = 256 << 20) {
        self.root = root
        self.quota = quota
    }

    /// The task's workspace; its folder is made when its first file is published.
    package func of(_ task: String) throws(Problem) -> Workspace {
        // Ids come from the path of a request.
        guard FileName.isSafe(task) else { throw Problem.fileNameRefused(task) }
        return Workspace(root: root, task: task, quota: quota)
    }
}
