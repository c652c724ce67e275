import GRDB

/// The SQL of leases; runs inside a transaction.
enum TaskClaiming {
    /// Ids of tasks that a worker may have, oldest first.
    static func claimable(now: Timestamp, limit: Int, _ db: Database) throws -> [String] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT id FROM (
                    SELECT * FROM (SELECT id FROM task WHERE state = 'queued' ORDER BY id LIMIT :limit)
                    UNION ALL
                    SELECT id FROM task INDEXED BY task_by_wake WHERE state = 'waiting' AND wake_at <= :now
                    UNION ALL
                    SELECT id FROM task INDEXED BY task_by_lease WHERE state = 'running' AND lease_until <= :now)
                ORDER BY id LIMIT :limit
                """)
        return try String.fetchAll(statement, arguments: ["now": now.milliseconds, "limit": limit])
    }

    static func claim(
        _ id: String, worker: String, now: Timestamp, leaseUntil: Timestamp, _ db: Database
    ) throws -> TaskRecord? {
        try db.cachedStatement(
            sql: """
                UPDATE task SET attempt = attempt + (state <> 'waiting'), fruitless = fruitless + (state <> 'waiting'),
                    state = 'running', fence = fence + 1,
                    worker = ?, lease_until = ?, wake_at = NULL, started = coalesce(started, ?)
                WHERE id = ?
                """
        ).execute(arguments: [worker, leaseUntil.milliseconds, now.milliseconds, id])
        return try TaskRecord.fetch(id, db)
    }

    static func renew(_ lease: Lease, until: Timestamp, _ db: Database) throws -> LeaseStatus {
        let find = try db.cachedStatement(
            sql: "SELECT cancel_by FROM task WHERE id = ? AND fence = ? AND state = 'running'")
        guard let row = try Row.fetchOne(find, arguments: [lease.task, lease.fence]) else { return .lost }
        try db.cachedStatement(sql: "UPDATE task SET lease_until = ? WHERE id = ?")
            .execute(arguments: [until.milliseconds, lease.task])
        let cancelledBy: String? = row[0]
        return cancelledBy.map { .cancelRequested(by: $0) } ?? .held
    }
}
