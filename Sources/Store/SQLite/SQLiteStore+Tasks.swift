import Contracts
import GRDB

extension SQLiteStore: TaskStore {
    package func submit(_ task: NewTask, at: Timestamp) async throws -> Submission {
        let input = task.input.text
        let queued = NewEvent(
            "task.queued", ["recipe": .string(task.recipe), "title": .string(task.title), "input": task.input])
        let events = TaskWriting.encode([queued])
        return try await commits.run { db in
            if let key = task.idempotencyKey, let earlier = try TaskWriting.submission(task.owner, key, db) {
                guard earlier.requestHash == task.requestHash else { return .conflict(taskID: earlier.task) }
                guard let record = try TaskRecord.fetch(earlier.task, db) else {
                    throw StoreError.damagedRow("submission of task \(earlier.task)")
                }
                return .existing(record)
            }
            try TaskWriting.insert(task, input: input, events, at: at, db)
            return .created(
                TaskRecord(
                    id: task.id, recipe: task.recipe, fingerprint: task.fingerprint, title: task.title,
                    input: task.input, state: .queued, tenant: task.tenant, owner: task.owner, created: at,
                    lastEvent: 1))
        }
    }

    package func claim(
        worker: String, limit: Int, now: Timestamp, leaseUntil: Timestamp
    ) async throws -> [TaskRecord] {
        guard limit > 0 else { return [] }
        return try await commits.run { db in
            try TaskClaiming.claimable(now: now, limit: limit, db).compactMap { id in
                try TaskClaiming.claim(id, worker: worker, now: now, leaseUntil: leaseUntil, db)
            }
        }
    }

    package func renew(_ leases: [Lease], until: Timestamp) async throws -> [Lease: LeaseStatus] {
        guard !leases.isEmpty else { return [:] }
        return try await commits.run { db in
            var statuses: [Lease: LeaseStatus] = [:]
            for lease in leases { statuses[lease] = try TaskClaiming.renew(lease, until: until, db) }
            return statuses
        }
    }

    package func commit(_ lease: Lease, _ commit: TaskCommit, at: Timestamp) async throws -> [JournalEvent] {
        // Encoded here, so that the one writer only writes.
        let writing = TaskWriting(commit)
        return try await commits.run { db in try writing.apply(lease, at: at, db) }
    }

    package func requestCancel(
        _ task: String, by: String, at: Timestamp
    ) async throws -> (TaskRecord, [JournalEvent])? {
        try await commits.run { db in try TaskWriting.cancel(task, by: by, at: at, db) }
    }
}
