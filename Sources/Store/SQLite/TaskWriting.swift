import Contracts
import GRDB

/// A worker's commit with its JSON already encoded, and the SQL that applies it; runs inside a transaction.
struct TaskWriting: Sendable {
    typealias EncodedEvent = (event: NewEvent, fields: String)

    private let events: [EncodedEvent]
    private let steps: [(key: String, result: String, finished: Timestamp)]
    private let change: EncodedChange?
    private let progress: String?
    private let callsMade: Int
    private let callsRetried: Int

    private enum EncodedChange {
        case ended(TaskState, result: String?, problem: String?)
        case waiting(until: Timestamp)
        case released
    }

    init(_ commit: TaskCommit) {
        events = Self.encode(commit.events)
        steps = commit.steps.map { ($0.key, $0.result.text, $0.finished) }
        change =
            switch commit.change {
            case .done(let result): .ended(.done, result: result.text, problem: nil)
            case .failed(let problem): .ended(.failed, result: nil, problem: problem.text)
            case .cancelled: .ended(.cancelled, result: nil, problem: nil)
            case .waiting(let until): .waiting(until: until)
            case .released: .released
            case nil: nil
            }
        progress = commit.progress?.text
        callsMade = commit.callsMade
        callsRetried = commit.callsRetried
    }

    static func encode(_ events: [NewEvent]) -> [EncodedEvent] {
        events.map { ($0, StoredJSON.text($0.fields)) }
    }

    func apply(_ lease: Lease, at: Timestamp, _ db: Database) throws -> [JournalEvent] {
        let find = try db.cachedStatement(
            sql: "SELECT last_event FROM task WHERE id = ? AND fence = ? AND state = 'running'")
        guard let lastEvent = try Int.fetchOne(find, arguments: [lease.task, lease.fence]) else {
            throw StoreError(
                .leaseLost, "The task has ended or another worker has it.",
                detail: "task \(lease.task), fence \(lease.fence)")
        }
        let journalled = try Self.append(events, to: lease.task, after: lastEvent, at: at, db)
        try remember(lease.task, db)
        try db.cachedStatement(
            sql: """
                UPDATE task SET last_event = ?, progress = coalesce(?, progress), calls_made = calls_made + ?,
                    calls_retried = calls_retried + ?, fruitless = iif(?, 0, fruitless)
                WHERE id = ?
                """
        ).execute(
            arguments: [lastEvent + events.count, progress, callsMade, callsRetried, !steps.isEmpty, lease.task])
        try move(lease.task, at: at, db)
        return journalled
    }

    /// Inserts the events with the numbers that follow `lastEvent`; the caller moves the task's own number on.
    static func append(
        _ events: [EncodedEvent], to task: String, after lastEvent: Int, at: Timestamp, _ db: Database
    ) throws -> [JournalEvent] {
        let insert = try db.cachedStatement(
            sql: "INSERT INTO event (task, number, at, type, fields) VALUES (?, ?, ?, ?, ?)")
        return try events.enumerated().map { index, encoded in
            let number = lastEvent + 1 + index
            try insert.execute(arguments: [task, number, at.milliseconds, encoded.event.type, encoded.fields])
            return JournalEvent(number: number, at: at, type: encoded.event.type, fields: encoded.event.fields)
        }
    }

    private func remember(_ task: String, _ db: Database) throws {
        guard !steps.isEmpty else { return }
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO step (task, key, result, finished) VALUES (?, ?, ?, ?)
                ON CONFLICT (task, key) DO UPDATE SET result = excluded.result, finished = excluded.finished
                """)
        for step in steps {
            try insert.execute(arguments: [task, step.key, step.result, step.finished.milliseconds])
        }
    }

    private func move(_ task: String, at: Timestamp, _ db: Database) throws {
        switch change {
        case nil:
            return
        case .ended(let state, let result, let problem):
            try db.cachedStatement(
                sql: """
                    UPDATE task SET state = ?, finished = ?, result = ?, problem = ?, worker = NULL, lease_until = NULL
                    WHERE id = ?
                    """
            ).execute(arguments: [state.rawValue, at.milliseconds, result, problem, task])
        case .waiting(let until):
            // A cancellation asked for meanwhile makes the task due at once, so that a worker sees to it.
            try db.cachedStatement(
                sql: """
                    UPDATE task SET state = 'waiting', wake_at = iif(cancel_by IS NULL, :until, min(:until, :now)),
                        worker = NULL, lease_until = NULL
                    WHERE id = :task
                    """
            ).execute(arguments: ["until": until.milliseconds, "now": at.milliseconds, "task": task])
        case .released:
            try db.cachedStatement(
                sql: """
                    UPDATE task SET state = 'queued', attempt = max(attempt - 1, 0), fruitless = max(fruitless - 1, 0),
                        worker = NULL, lease_until = NULL
                    WHERE id = ?
                    """
            ).execute(arguments: [task])
        }
    }
}
