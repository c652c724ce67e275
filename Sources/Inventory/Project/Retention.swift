/// How long what happened is kept.
public struct Retention: Hashable, Sendable {
    /// Rows of the ledger, with their details.
    public let calls: Duration
    /// Counts of calls and costs, by the hour and day.
    public let counts: Duration
    /// Tasks that have ended, with their journals and files, counted from their end.
    public let tasks: Duration
    /// Files of tasks that have ended, counted from their end; never longer than the tasks themselves.
    public let artifacts: Duration

    public static let standardCalls = Duration.seconds(30 * 86_400)
    public static let standardCounts = Duration.seconds(400 * 86_400)
    public static let standardTasks = Duration.seconds(400 * 86_400)

    /// - Parameter artifacts: as long as the tasks unless given.
    public init(
        calls: Duration = Retention.standardCalls, counts: Duration = Retention.standardCounts,
        tasks: Duration = Retention.standardTasks, artifacts: Duration? = nil
    ) {
        self.calls = calls
        self.counts = counts
        self.tasks = tasks
        self.artifacts = min(artifacts ?? tasks, tasks)
    }
}
