import GRDB

extension SQLiteStore {
    package func task(_ id: String) async throws -> TaskRecord? {
        try await read { db in try TaskRecord.fetch(id, db) }
    }

    package func tasks(_ query: TaskQuery) async throws -> [TaskRecord] {
        var filter = Filter()
        filter.add("t.owner = ?", query.owner)
        filter.add("t.state = ?", query.state?.rawValue)
        filter.add("t.recipe = ?", query.recipe)
        filter.add("t.id < ?", query.before)
        return try await read { [filter] db in
            let sql = "\(TaskRecord.selection) \(filter.sql) ORDER BY t.id DESC LIMIT ?"
            return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: filter.arguments + [max(query.limit, 0)])
                .map(TaskRecord.init(row:))
        }
    }

    package func taskCounts(now: Timestamp) async throws -> TaskCounts {
        try await read { db in
            var counts = TaskCounts()
            let open = try db.cachedStatement(
                sql: "SELECT state, count(*) FROM task WHERE state IN ('queued', 'running', 'waiting') GROUP BY state")
            for row in try Row.fetchAll(open) {
                switch TaskState(rawValue: row[0]) {
                case .queued: counts.queued = row[1]
                case .running: counts.running = row[1]
                case .waiting: counts.waiting = row[1]
                default: break
                }
            }
            let ended = try db.cachedStatement(
                sql: "SELECT state, count(*) FROM task WHERE finished > ? GROUP BY state")
            let dayAgo = now - .seconds(86_400)
            for row in try Row.fetchAll(ended, arguments: [dayAgo.milliseconds]) {
                switch TaskState(rawValue: row[0]) {
                case .done: counts.doneLastDay = row[1]
                case .failed: counts.failedLastDay = row[1]
                default: break
                }
            }
            return counts
        }
    }

    package func nextDue(after now: Timestamp) async throws -> Timestamp? {
        try await read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT min(moment) FROM (
                        SELECT min(wake_at) AS moment FROM task INDEXED BY task_by_wake
                            WHERE state = 'waiting' AND wake_at > :now
                        UNION ALL
                        SELECT min(lease_until) FROM task INDEXED BY task_by_lease
                            WHERE state = 'running' AND lease_until > :now)
                    """)
            return Timestamp(column: try Int64.fetchOne(statement, arguments: ["now": now.milliseconds]))
        }
    }

    package func steps(_ task: String) async throws -> [StepRecord] {
        try await read { db in
            let statement = try db.cachedStatement(
                sql: "SELECT key, result, finished FROM step WHERE task = ? ORDER BY rowid")
            return try Row.fetchAll(statement, arguments: [task]).map { row in
                let key: String = row[0]
                return StepRecord(
                    key: key, result: try StoredJSON.value(row[1], "step \(key) of task \(task)"),
                    finished: Timestamp(milliseconds: row[2]))
            }
        }
    }

    package func events(_ task: String, after: Int, limit: Int) async throws -> [JournalEvent] {
        try await read { db in
            let statement = try db.cachedStatement(
                sql: "SELECT number, at, type, fields FROM event WHERE task = ? AND number > ? ORDER BY number LIMIT ?")
            return try Row.fetchAll(statement, arguments: [task, after, max(limit, 0)]).map { row in
                let number: Int = row[0]
                return JournalEvent(
                    number: number, at: Timestamp(milliseconds: row[1]), type: row[2],
                    fields: try StoredJSON.object(row[3], "event \(number) of task \(task)"))
            }
        }
    }
}
