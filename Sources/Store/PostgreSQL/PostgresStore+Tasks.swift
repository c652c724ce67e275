import Contracts

extension PostgresStore: TaskStore {
    package func submit(_ task: NewTask, at: Timestamp) async throws -> Submission {
        let insertion = TaskInsertion(task, at: at)
        if try await created(insertion) {
            signals.tell(.tasksSubmitted)
            return .created(
                TaskRecord(
                    id: task.id, recipe: task.recipe, fingerprint: task.fingerprint, title: task.title,
                    input: task.input, state: .queued, tenant: task.tenant, owner: task.owner, created: at,
                    lastEvent: 1))
        }
        // A row of `submission` never changes: it may be looked at after the transaction.
        guard let key = task.idempotencyKey,
            let row = try await readers.query(
                "SELECT request_hash, task FROM submission WHERE owner = $1 AND key = $2",
                [.text(task.owner), .text(key)]
            ).first
        else { throw StoreError(.failed, "The task's id is taken.", detail: "task \(task.id)") }
        let earlier = try row.text("task")
        guard try row.text("request_hash") == task.requestHash else { return .conflict(taskID: earlier) }
        guard let record = try await self.task(earlier) else {
            throw StoreError.damagedRow("submission of task \(earlier)")
        }
        return .existing(record)
    }

    package func claim(
        worker: String, limit: Int, now: Timestamp, leaseUntil: Timestamp
    ) async throws -> [TaskRecord] {
        guard limit > 0 else { return [] }
        return try await tasks.run {
            .claim(worker: worker, limit: limit, now: now, leaseUntil: leaseUntil, report: $0)
        }.map(TaskRecord.init(row:))
    }

    package func renew(_ leases: [Lease], until: Timestamp) async throws -> [Lease: LeaseStatus] {
        guard !leases.isEmpty else { return [:] }
        return try await tasks.run { .renew(leases, until: until, report: $0) }
    }

    package func commit(_ lease: Lease, _ commit: TaskCommit, at: Timestamp) async throws -> [JournalEvent] {
        let update = TaskUpdate(lease, commit, at: at)
        guard let before = try await written(update) else {
            throw StoreError(
                .leaseLost, "The task has ended or another worker has it.",
                detail: "task \(lease.task), fence \(lease.fence)")
        }
        if !commit.events.isEmpty { signals.tell(.journalGrew(lease.task)) }
        if commit.change == .released { signals.tell(.tasksSubmitted) }
        return commit.events.enumerated().map { index, event in
            JournalEvent(number: before + 1 + index, at: at, type: event.type, fields: event.fields)
        }
    }

    package func requestCancel(
        _ task: String, by: String, at: Timestamp
    ) async throws -> (TaskRecord, [JournalEvent])? {
        let cancelled = try await commits.run { transaction in
            try Self.cancel(task, by: by, at: at, transaction)
        }
        if let (record, events) = cancelled {
            if !events.isEmpty { signals.tell(.journalGrew(task)) }
            if record.state == .running { signals.tell(.cancelRequested(task)) }
        }
        return cancelled
    }

    private static func cancel(
        _ id: String, by: String, at: Timestamp, _ transaction: PostgresTransaction
    ) throws -> (TaskRecord, [JournalEvent])? {
        let live = try transaction.execute(
            "SELECT state, last_event FROM live WHERE id = $1 FOR UPDATE", [.text(id)]
        ).first
        guard let live else { return try record(id, transaction).map { ($0, []) } }
        if try live.text("state") == TaskState.running.rawValue {
            try transaction.execute(
                "UPDATE live SET cancel_by = coalesce(cancel_by, $2) WHERE id = $1", [.text(id), .text(by)])
            return try record(id, transaction).map { ($0, []) }
        }
        let event = NewEvent("task.cancelled", ["by": .string(by)])
        let number = try live.int("last_event") + 1
        try transaction.run([
            PostgresStatement(
                """
                WITH l AS (DELETE FROM live WHERE id = $1 RETURNING *)
                INSERT INTO task_end (id, state, finished, started, attempt, fruitless, fence, cancel_by, last_event,
                        progress, calls_made, calls_retried)
                    SELECT id, 'cancelled', $2, started, attempt, fruitless, fence, $3, $4, progress, calls_made,
                        calls_retried
                    FROM l
                """, [.text(id), .int(at), .text(by), .int(number)]),
            PostgresStatement(
                "INSERT INTO event (task, last, at, entries) VALUES ($1, $2, $3, $4)",
                [.text(id), .int(number), .int(at), .text(StoredEvents.text([event]))]),
        ])
        let told = JournalEvent(number: number, at: at, type: event.type, fields: event.fields)
        return try record(id, transaction).map { ($0, [told]) }
    }

    private static func record(_ id: String, _ transaction: PostgresTransaction) throws -> TaskRecord? {
        try transaction.execute(TaskRecord.postgresSelection + " WHERE t.id = $1", [.text(id)]).first
            .map(TaskRecord.init(row:))
    }
}
