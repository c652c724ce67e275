import Contracts
import GRDB

extension TaskRecord {
    /// Selects everything `init(row:)` reads; add a condition on `t`.
    static let selection = """
        SELECT t.*, i.input FROM task t LEFT JOIN task_input i ON i.task = t.id
        """

    init(row: Row) throws(StoreError) {
        let id: String = row["id"]
        guard let state = TaskState(rawValue: row["state"]), let input: String = row["input"] else {
            throw StoreError.damagedRow("task \(id)")
        }
        self.init(
            id: id, recipe: row["recipe"], fingerprint: row["fingerprint"], title: row["title"],
            input: try StoredJSON.value(input, "input of task \(id)"), state: state, tenant: row["tenant"],
            owner: row["owner"], created: Timestamp(milliseconds: row["created"]),
            started: Timestamp(column: row["started"]), finished: Timestamp(column: row["finished"]),
            attempt: row["attempt"], fruitless: row["fruitless"], fence: row["fence"], worker: row["worker"],
            leaseUntil: Timestamp(column: row["lease_until"]), wakeAt: Timestamp(column: row["wake_at"]),
            cancelRequestedBy: row["cancel_by"], result: try Self.json(row["result"], "result of task \(id)"),
            problem: try Self.json(row["problem"], "problem of task \(id)"), lastEvent: row["last_event"],
            progress: try Self.json(row["progress"], "progress of task \(id)"), callsMade: row["calls_made"],
            callsRetried: row["calls_retried"])
    }

    static func fetch(_ id: String, _ db: Database) throws -> TaskRecord? {
        let statement = try db.cachedStatement(sql: selection + " WHERE t.id = ?")
        return try Row.fetchOne(statement, arguments: [id]).map(TaskRecord.init(row:))
    }

    private static func json(_ text: String?, _ what: String) throws(StoreError) -> JSONValue? {
        guard let text else { return nil }
        return try StoredJSON.value(text, what)
    }
}

extension Timestamp {
    init?(column: Int64?) {
        guard let column else { return nil }
        self.init(milliseconds: column)
    }
}
