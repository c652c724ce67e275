package import Logging
package import Store

/// What the task service and the engine of one process share.
package struct TaskGround: Sendable {
    package let store: any TaskStore
    package let book: RecipeBook
    package let workspaces: Workspaces
    package let clock: any WallClock
    package let ids: any IDSource
    package let logger: Logger
    package let limits: TaskLimits
    /// New journal events, for those who follow a task live.
    package let hub: JournalHub
    /// Submissions and cancellations, from the service to the engine.
    package let signals: TaskSignals

    /// `workspaceRoot` is an absolute path; the folder is made when the first file is written.
    package init(
        store: any TaskStore, book: RecipeBook, workspaceRoot: String, clock: any WallClock, ids: any IDSource,
        logger: Logger, limits: TaskLimits = TaskLimits(), hub: JournalHub = JournalHub(),
        signals: TaskSignals = TaskSignals()
    ) {
        self.store = store
        self.book = book
        self.workspaces = Workspaces(root: workspaceRoot, quota: limits.workspace)
        self.clock = clock
        self.ids = ids
        self.logger = logger
        self.limits = limits
        self.hub = hub
        self.signals = signals
    }
}
