/// How much room the files of tasks may take.
public struct WorkspaceRules: Hashable, Sendable {
    /// All files of one task, bytes.
    public let task: Int
    /// All files of all tasks of one tenant, bytes; nil: as much as there is room.
    public let tenant: Int?

    public static let standardTask = 256_000_000

    public init(task: Int = WorkspaceRules.standardTask, tenant: Int? = nil) {
        self.task = task
        self.tenant = tenant
    }
}
