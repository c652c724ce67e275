package import Contracts

/// A task as the store keeps it.
package struct TaskRecord: Sendable, Equatable {
    package var id: String
    package var recipe: String
    /// `Recipe.fingerprint` at submission: a changed recipe under a running task is noticed.
    package var fingerprint: String
    package var title: String
    package var input: JSONValue
    package var state: TaskState
    package var tenant: String
    /// Id of the token that submitted it.
    package var owner: String
    package var created: Timestamp
    package var started: Timestamp?
    package var finished: Timestamp?
    /// How often a worker has claimed it, first included.
    package var attempt: Int
    /// How many claims in a row, the running one included, have not finished a step: what tells a task that crashes its
    /// process from one that was only there when it happened.
    package var fruitless: Int
    /// Fencing token: grows with every claim; a write with an older one is refused.
    package var fence: Int64
    package var worker: String?
    package var leaseUntil: Timestamp?
    package var wakeAt: Timestamp?
    package var cancelRequestedBy: String?
    package var result: JSONValue?
    /// The problem+json object of a failed task.
    package var problem: JSONValue?
    /// Number of the newest journal event.
    package var lastEvent: Int
    /// `{"done","total","step","text"}` as last reported.
    package var progress: JSONValue?
    package var callsMade: Int
    package var callsRetried: Int

    package init(
        id: String, recipe: String, fingerprint: String, title: String, input: JSONValue, state: TaskState,
        tenant: String, owner: String, created: Timestamp, started: Timestamp? = nil, finished: Timestamp? = nil,
        attempt: Int = 0, fruitless: Int = 0, fence: Int64 = 0, worker: String? = nil, leaseUntil: Timestamp? = nil,
        wakeAt: Timestamp? = nil, cancelRequestedBy: String? = nil, result: JSONValue? = nil,
        problem: JSONValue? = nil, lastEvent: Int = 0, progress: JSONValue? = nil, callsMade: Int = 0,
        callsRetried: Int = 0
    ) {
        self.id = id
        self.recipe = recipe
        self.fingerprint = fingerprint
        self.title = title
        self.input = input
        self.state = state
        self.tenant = tenant
        self.owner = owner
        self.created = created
        self.started = started
        self.finished = finished
        self.attempt = attempt
        self.fruitless = fruitless
        self.fence = fence
        self.worker = worker
        self.leaseUntil = leaseUntil
        self.wakeAt = wakeAt
        self.cancelRequestedBy = cancelRequestedBy
        self.result = result
        self.problem = problem
        self.lastEvent = lastEvent
        self.progress = progress
        self.callsMade = callsMade
        self.callsRetried = callsRetried
    }
}
