/// What was removed from workspaces.
package struct FileRemoval: Sendable, Equatable {
    package var tasks = 0
    package var files = 0
    /// Room that came back, bytes.
    package var bytes = 0

    package init(tasks: Int = 0, files: Int = 0, bytes: Int = 0) {
        self.tasks = tasks
        self.files = files
        self.bytes = bytes
    }

    static func + (left: FileRemoval, right: FileRemoval) -> FileRemoval {
        FileRemoval(
            tasks: left.tasks + right.tasks, files: left.files + right.files, bytes: left.bytes + right.bytes)
    }
}
