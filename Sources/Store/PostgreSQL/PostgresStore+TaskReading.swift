extension PostgresStore {
    package func task(_ id: String) async throws -> TaskRecord? {
        try await readers.query(TaskRecord.postgresSelection + " WHERE t.id = $1", [.text(id)]).first
            .map(TaskRecord.init(row:))
    }

    package func tasks(_ query: TaskQuery) async throws -> [TaskRecord] {
        var filter = PostgresFilter()
        filter.add("t.owner = ?", query.owner.map { .text($0) })
        filter.add("t.recipe = ?", query.recipe.map { .text($0) })
        filter.add("t.id < ?", query.before.map { .text($0) })
        let source: String
        switch query.state {
        case nil:
            source = TaskRecord.postgresSelection
        case let state? where state.isFinal:
            filter.add("e.state = ?", .text(state.rawValue))
            // Said once more in the words of the partial index.
            if state != .done { filter.add("e.state <> 'done'") }
            source = """
                SELECT \(TaskRecord.taskColumns), \(TaskRecord.endColumns) FROM task_end e JOIN task t ON t.id = e.id
                """
        case let state?:
            filter.add("l.state = ?", .text(state.rawValue))
            source = """
                SELECT \(TaskRecord.taskColumns), \(TaskRecord.liveColumns) FROM live l JOIN task t ON t.id = l.id
                """
        }
        let limit = filter.place(.int(max(query.limit, 0)))
        return try await readers.query(
            "\(source) \(filter.sql) ORDER BY t.id DESC LIMIT \(limit)", filter.parameters
        ).map(TaskRecord.init(row:))
    }

    package func taskCounts(now: Timestamp) async throws -> TaskCounts {
        let rows = try await readers.query(
            """
            SELECT state, count(*) AS count FROM live GROUP BY state
            UNION ALL
            SELECT state, count(*) FROM task_end WHERE finished > $1 GROUP BY state
            """, [.int(now - .seconds(86_400))])
        var counts = TaskCounts()
        for (state, count) in try rows.map({ (try $0.text("state"), try $0.int("count")) }) {
            switch TaskState(rawValue: state) {
            case .queued: counts.queued = count
            case .running: counts.running = count
            case .waiting: counts.waiting = count
            case .done: counts.doneLastDay = count
            case .failed: counts.failedLastDay = count
            case .cancelled, nil: break
            }
        }
        return counts
    }

    package func nextDue(after now: Timestamp) async throws -> Timestamp? {
        try await readers.query(
            """
            SELECT least(
                (SELECT min(wake_at) FROM live WHERE state = 'waiting' AND wake_at > $1),
                (SELECT min(lease_until) FROM live WHERE state = 'running' AND lease_until > $1)) AS moment
            """, [.int(now)]
        ).first?.optionalMoment("moment")
    }

    package func steps(_ task: String) async throws -> [StepRecord] {
        try await readers.query(
            "SELECT key, result, finished FROM step WHERE task = $1 ORDER BY place", [.text(task)]
        ).map { row in
            let key = try row.text("key")
            return StepRecord(
                key: key, result: try StoredJSON.value(row.text("result"), "step \(key) of task \(task)"),
                finished: try row.moment("finished"))
        }
    }

    package func events(_ task: String, after: Int, limit: Int) async throws -> [JournalEvent] {
        guard limit > 0 else { return [] }
        // Each row holds at least one event.
        let rows = try await readers.query(
            "SELECT last, at, entries FROM event WHERE task = $1 AND last > $2 ORDER BY last LIMIT $3",
            [.text(task), .int(after), .int(limit)])
        let events = try rows.map { row in
            try StoredEvents.events(
                task: task, last: row.int("last"), at: row.moment("at"), entries: row.text("entries"))
        }
        return Array(events.joined().lazy.filter { $0.number > after }.prefix(limit))
    }
}
