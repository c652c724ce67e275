import Contracts

extension TaskRecord {
    /// The columns of `live` that a record has besides its task's, as they are while it is open.
    static let liveColumns = """
        l.state, l.started, NULL::bigint AS finished, l.attempt, l.fruitless, l.fence, l.worker, l.lease_until,
        l.wake_at, l.cancel_by, NULL::text AS result, NULL::text AS problem, l.last_event, l.progress, l.calls_made,
        l.calls_retried
        """
    /// The same of `task_end`.
    static let endColumns = """
        e.state, e.started, e.finished, e.attempt, e.fruitless, e.fence, NULL::text AS worker,
        NULL::bigint AS lease_until, NULL::bigint AS wake_at, e.cancel_by, e.result, e.problem, e.last_event,
        e.progress, e.calls_made, e.calls_retried
        """
    /// The same of whichever of them a task has.
    static let eitherColumns = """
        coalesce(l.state, e.state) AS state, coalesce(l.started, e.started) AS started, e.finished,
        coalesce(l.attempt, e.attempt) AS attempt, coalesce(l.fruitless, e.fruitless) AS fruitless,
        coalesce(l.fence, e.fence) AS fence, l.worker, l.lease_until, l.wake_at,
        coalesce(l.cancel_by, e.cancel_by) AS cancel_by, e.result, e.problem,
        coalesce(l.last_event, e.last_event) AS last_event, coalesce(l.progress, e.progress) AS progress,
        coalesce(l.calls_made, e.calls_made) AS calls_made, coalesce(l.calls_retried, e.calls_retried) AS calls_retried
        """
    static let taskColumns = "t.id, t.recipe, t.fingerprint, t.title, t.input, t.tenant, t.owner, t.created"

    /// Every task with all its columns; add a condition on `t`.
    static let postgresSelection = """
        SELECT \(taskColumns), \(eitherColumns)
        FROM task t LEFT JOIN live l ON l.id = t.id LEFT JOIN task_end e ON e.id = t.id
        """

    init(row: PostgresRow) throws(StoreError) {
        let id = try row.text("id")
        guard let state = TaskState(rawValue: try row.text("state")) else { throw StoreError.damagedRow("task \(id)") }
        self.init(
            id: id, recipe: try row.text("recipe"), fingerprint: try row.text("fingerprint"),
            title: try row.text("title"), input: try StoredJSON.value(row.text("input"), "input of task \(id)"),
            state: state, tenant: try row.text("tenant"), owner: try row.text("owner"),
            created: try row.moment("created"), started: row.optionalMoment("started"),
            finished: row.optionalMoment("finished"), attempt: try row.int("attempt"),
            fruitless: try row.int("fruitless"), fence: try row.int64("fence"), worker: row.optionalText("worker"),
            leaseUntil: row.optionalMoment("lease_until"), wakeAt: row.optionalMoment("wake_at"),
            cancelRequestedBy: row.optionalText("cancel_by"),
            result: try Self.json(row.optionalText("result"), "result of task \(id)"),
            problem: try Self.json(row.optionalText("problem"), "problem of task \(id)"),
            lastEvent: try row.int("last_event"),
            progress: try Self.json(row.optionalText("progress"), "progress of task \(id)"),
            callsMade: try row.int("calls_made"), callsRetried: try row.int("calls_retried"))
    }

    private static func json(_ text: String?, _ what: String) throws(StoreError) -> JSONValue? {
        guard let text else { return nil }
        return try StoredJSON.value(text, what)
    }
}
