import Contracts
import GRDB

/// What people do to a task: submit it and cancel it.
extension TaskWriting {
    static func submission(
        _ owner: String, _ key: String, _ db: Database
    ) throws -> (requestHash: String, task: String)? {
        let find = try db.cachedStatement(sql: "SELECT request_hash, task FROM submission WHERE owner = ? AND key = ?")
        return try Row.fetchOne(find, arguments: [owner, key]).map { ($0[0], $0[1]) }
    }

    static func insert(
        _ task: NewTask, input: String, _ events: [EncodedEvent], at: Timestamp, _ db: Database
    ) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO task (id, recipe, fingerprint, title, state, tenant, owner, created, last_event)
                VALUES (?, ?, ?, ?, 'queued', ?, ?, ?, ?)
                """
        ).execute(arguments: [
            task.id, task.recipe, task.fingerprint, task.title, task.tenant, task.owner, at.milliseconds, events.count,
        ])
        try db.cachedStatement(sql: "INSERT INTO task_input (task, input) VALUES (?, ?)")
            .execute(arguments: [task.id, input])
        if let key = task.idempotencyKey {
            try db.cachedStatement(
                sql: "INSERT INTO submission (owner, key, request_hash, task) VALUES (?, ?, ?, ?)"
            ).execute(arguments: [task.owner, key, task.requestHash, task.id])
        }
        _ = try append(events, to: task.id, after: 0, at: at, db)
    }

    static func cancel(
        _ id: String, by: String, at: Timestamp, _ db: Database
    ) throws -> (TaskRecord, [JournalEvent])? {
        guard let task = try TaskRecord.fetch(id, db) else { return nil }
        switch task.state {
        case .done, .failed, .cancelled:
            return (task, [])
        case .running:
            try db.cachedStatement(sql: "UPDATE task SET cancel_by = coalesce(cancel_by, ?) WHERE id = ?")
                .execute(arguments: [by, id])
            return try TaskRecord.fetch(id, db).map { ($0, []) }
        case .queued, .waiting:
            let cancelled = encode([NewEvent("task.cancelled", ["by": .string(by)])])
            let events = try append(cancelled, to: id, after: task.lastEvent, at: at, db)
            try db.cachedStatement(
                sql: """
                    UPDATE task SET state = 'cancelled', finished = ?, cancel_by = ?, wake_at = NULL, last_event = ?
                    WHERE id = ?
                    """
            ).execute(arguments: [at.milliseconds, by, task.lastEvent + events.count, id])
            return try TaskRecord.fetch(id, db).map { ($0, events) }
        }
    }
}
