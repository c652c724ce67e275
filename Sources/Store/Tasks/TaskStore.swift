package import Contracts

/// What a submitter hands over.
package struct NewTask: Sendable {
    package var id: String
    package var recipe: String
    package var fingerprint: String
    package var title: String
    package var input: JSONValue
    package var tenant: String
    package var owner: String
    /// Scoped by owner: the same key with the same `requestHash` gives the first task, with another one a conflict.
    package var idempotencyKey: String?
    package var requestHash: String

    package init(
        id: String, recipe: String, fingerprint: String, title: String, input: JSONValue, tenant: String,
        owner: String, idempotencyKey: String?, requestHash: String
    ) {
        self.id = id
        self.recipe = recipe
        self.fingerprint = fingerprint
        self.title = title
        self.input = input
        self.tenant = tenant
        self.owner = owner
        self.idempotencyKey = idempotencyKey
        self.requestHash = requestHash
    }
}

/// What became of a submission.
package enum Submission: Sendable, Equatable {
    case created(TaskRecord)
    /// The idempotency key was seen before with the same request.
    case existing(TaskRecord)
    /// The idempotency key was seen before with another request.
    case conflict(taskID: String)
}

/// A worker's right to write to a task: void once another worker has claimed it.
package struct Lease: Sendable, Hashable {
    package let task: String
    package let fence: Int64

    package init(task: String, fence: Int64) {
        self.task = task
        self.fence = fence
    }
}

/// What changes in the task's row together with new events.
package enum TaskChange: Sendable, Equatable {
    case done(result: JSONValue)
    case failed(problem: JSONValue)
    case cancelled
    /// Gives the worker back until `until`.
    case waiting(until: Timestamp)
    /// Gives the task back at once, without burning an attempt (orderly shutdown).
    case released
}

/// Everything a worker writes at one moment; lands whole or not at all.
package struct TaskCommit: Sendable {
    package var events: [NewEvent]
    package var steps: [StepRecord]
    package var change: TaskChange?
    package var progress: JSONValue?
    /// Added to the task's counters.
    package var callsMade: Int
    package var callsRetried: Int

    package init(
        events: [NewEvent] = [], steps: [StepRecord] = [], change: TaskChange? = nil, progress: JSONValue? = nil,
        callsMade: Int = 0, callsRetried: Int = 0
    ) {
        self.events = events
        self.steps = steps
        self.change = change
        self.progress = progress
        self.callsMade = callsMade
        self.callsRetried = callsRetried
    }
}

/// Which tasks a list shows, newest first.
package struct TaskQuery: Sendable {
    package var owner: String?
    package var state: TaskState?
    package var recipe: String?
    /// Only tasks older than this id.
    package var before: String?
    package var limit: Int

    package init(
        owner: String? = nil, state: TaskState? = nil, recipe: String? = nil, before: String? = nil, limit: Int = 50
    ) {
        self.owner = owner
        self.state = state
        self.recipe = recipe
        self.before = before
        self.limit = limit
    }
}

/// Numbers of tasks by state.
package struct TaskCounts: Sendable, Equatable {
    package var queued = 0
    package var running = 0
    package var waiting = 0
    package var doneLastDay = 0
    package var failedLastDay = 0

    package init() {}
}

/// What a heartbeat learned about one lease.
package enum LeaseStatus: Sendable, Equatable {
    case held
    /// Still held, and a person asked to cancel.
    case cancelRequested(by: String)
    case lost
}

/// Durable tasks, their journals and step memos.
///
/// Every method that returns has made its effect durable. Errors are `StoreError`.
package protocol TaskStore: Sendable {
    /// Stores the task with its first event (`task.queued`), unless the idempotency key says otherwise.
    func submit(_ task: NewTask, at: Timestamp) async throws -> Submission
    func task(_ id: String) async throws -> TaskRecord?
    func tasks(_ query: TaskQuery) async throws -> [TaskRecord]
    func taskCounts(now: Timestamp) async throws -> TaskCounts
    /// Hands out up to `limit` tasks that are queued, due (`waiting` with `wakeAt` passed) or whose lease ran out, oldest
    /// first: state running, attempt + 1 and fruitless + 1 (not for a due wait; a step memo sets fruitless to 0), fence + 1, lease until `leaseUntil`.
    func claim(worker: String, limit: Int, now: Timestamp, leaseUntil: Timestamp) async throws -> [TaskRecord]
    /// The earliest moment at which `claim` could hand out something that it cannot now; nil if nothing is pending.
    func nextDue(after now: Timestamp) async throws -> Timestamp?
    func renew(_ leases: [Lease], until: Timestamp) async throws -> [Lease: LeaseStatus]
    /// Appends events, memos and the change atomically under the lease; throws `.leaseLost`. Returns the numbered events.
    func commit(_ lease: Lease, _ commit: TaskCommit, at: Timestamp) async throws -> [JournalEvent]
    func steps(_ task: String) async throws -> [StepRecord]
    /// Events with a number above `after`, in order, at most `limit`.
    func events(_ task: String, after: Int, limit: Int) async throws -> [JournalEvent]
    /// A queued or waiting task is cancelled at once (event `task.cancelled` {by}), a running one is marked; a final one is
    /// left alone. Returns the task as it is afterwards and any event written; nil if unknown.
    func requestCancel(_ task: String, by: String, at: Timestamp) async throws -> (TaskRecord, [JournalEvent])?
}
