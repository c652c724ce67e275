import Contracts

/// One call of the tasks' fast path as it waits for its batch: encoded already, so that the writer only writes.
///
/// Reports are called once, from the writer's thread; what they are given is decoded by whoever waits.
enum TaskOperation: Sendable {
    case submit(TaskInsertion, report: @Sendable (Result<Bool, StoreError>) -> Void)
    case commit(TaskUpdate, report: @Sendable (Result<Int?, StoreError>) -> Void)
    case renew([Lease], until: Timestamp, report: @Sendable (Result<[Lease: LeaseStatus], StoreError>) -> Void)
    case claim(
        worker: String, limit: Int, now: Timestamp, leaseUntil: Timestamp,
        report: @Sendable (Result<PostgresRows, StoreError>) -> Void)

    func fail(_ error: StoreError) {
        switch self {
        case .submit(_, let report): report(.failure(error))
        case .commit(_, let report): report(.failure(error))
        case .renew(_, _, let report): report(.failure(error))
        case .claim(_, _, _, _, let report): report(.failure(error))
        }
    }
}

/// A new task in the form of its columns.
struct TaskInsertion: Sendable {
    let task: NewTask
    let input: String
    let entries: String
    let at: Timestamp

    init(_ task: NewTask, at: Timestamp) {
        input = task.input.text
        entries = StoredEvents.text([
            NewEvent(
                "task.queued", ["recipe": .string(task.recipe), "title": .string(task.title), "input": task.input])
        ])
        var task = task
        // Held while it waits: as text only.
        task.input = .null
        self.task = task
        self.at = at
    }
}

/// A worker's commit in the form of its columns.
struct TaskUpdate: Sendable {
    let lease: Lease
    let at: Timestamp
    let events: Int
    let entries: String?
    let progress: String?
    let callsMade: Int
    let callsRetried: Int
    /// `done`, `failed`, `cancelled`, `waiting`, `released`; nil where the task just goes on.
    let change: String?
    let result: String?
    let problem: String?
    let wake: Timestamp?
    /// Each key once.
    let steps: [(key: String, result: String, finished: Timestamp)]

    init(_ lease: Lease, _ commit: TaskCommit, at: Timestamp) {
        self.lease = lease
        self.at = at
        events = commit.events.count
        entries = commit.events.isEmpty ? nil : StoredEvents.text(commit.events)
        progress = commit.progress?.text
        callsMade = commit.callsMade
        callsRetried = commit.callsRetried
        (change, result, problem, wake) =
            switch commit.change {
            case .done(let result): ("done", result.text, nil, nil)
            case .failed(let problem): ("failed", nil, problem.text, nil)
            case .cancelled: ("cancelled", nil, nil, nil)
            case .waiting(let until): ("waiting", nil, nil, until)
            case .released: ("released", nil, nil, nil)
            case nil: (nil, nil, nil, nil)
            }
        // The last one of a key counts, in the place of the first.
        var places: [String: Int] = [:]
        var steps: [(key: String, result: String, finished: Timestamp)] = []
        for step in commit.steps {
            let encoded = (step.key, step.result.text, step.finished)
            if let place = places[step.key] {
                steps[place] = encoded
            } else {
                places[step.key] = steps.count
                steps.append(encoded)
            }
        }
        self.steps = steps
    }
}
