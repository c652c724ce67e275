/// Finding out what became of a write whose answer was lost.
extension PostgresStore {
    /// Whether the task was created; its id tells, since nobody else uses it.
    func created(_ insertion: TaskInsertion) async throws(StoreError) -> Bool {
        let failure: StoreError
        do throws(StoreError) {
            return try await submitted(insertion)
        } catch {
            failure = error
        }
        guard failure.code == .unconfirmed else { throw failure }
        guard try await isThere(insertion.task.id) else { throw failure }
        return true
    }

    private func submitted(_ insertion: TaskInsertion) async throws(StoreError) -> Bool {
        try await tasks.run { .submit(insertion, report: $0) }
    }

    private func isThere(_ task: String) async throws(StoreError) -> Bool {
        try await readers.query("SELECT 1 FROM task WHERE id = $1", [.text(task)]).count > 0
    }

    /// The number of the last event before the commit; nil when the lease was lost.
    ///
    /// A worker writes one commit after the other, so its last one is there if the newest events of the task are its own.
    func written(_ update: TaskUpdate) async throws(StoreError) -> Int? {
        let failure: StoreError
        do throws(StoreError) {
            return try await applied(update)
        } catch {
            failure = error
        }
        guard failure.code == .unconfirmed, let before = try await numberBefore(update) else { throw failure }
        return before
    }

    private func applied(_ update: TaskUpdate) async throws(StoreError) -> Int? {
        try await tasks.run { .commit(update, report: $0) }
    }

    /// nil where the newest events of the task are not those of the update. The task's row is asked for first: whoever
    /// may still be writing to it is waited for.
    private func numberBefore(_ update: TaskUpdate) async throws(StoreError) -> Int? {
        let id = PostgresValue.text(update.lease.task)
        return try await commits.run { transaction in
            let rows = try transaction.run([
                PostgresStatement("SELECT 1 FROM live WHERE id = $1 FOR UPDATE", [id]),
                PostgresStatement(
                    "SELECT last, at, entries FROM event WHERE task = $1 ORDER BY last DESC LIMIT 1", [id]),
            ])
            guard let row = rows[1].first, try row.text("entries") == update.entries,
                try row.moment("at") == update.at
            else { return nil }
            return try row.int("last") - update.events
        }
    }
}
