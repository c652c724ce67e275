/// An open transaction of the general writer; begins with its first statement.
///
/// On the thread of its link alone.
final class PostgresTransaction {
    private let connection: PostgresConnection
    private let timeout: Duration
    private var hasBegun = false

    init(_ connection: PostgresConnection, timeout: Duration) {
        self.connection = connection
        self.timeout = timeout
    }

    @discardableResult
    func execute(_ sql: String, _ parameters: [PostgresValue] = []) throws(PostgresFailure) -> PostgresRows {
        let rows = try run([PostgresStatement(sql, parameters)])
        return rows[rows.count - 1]
    }

    /// Sends all statements in one round trip.
    @discardableResult
    func run(_ statements: [PostgresStatement]) throws(PostgresFailure) -> [PostgresRows] {
        guard hasBegun else {
            hasBegun = true
            return Array(try connection.run([.begin] + statements, timeout: timeout).dropFirst())
        }
        return try connection.run(statements, timeout: timeout)
    }

    /// Makes it durable; a transaction that has done nothing has nothing to commit.
    func commit() throws(PostgresFailure) {
        guard hasBegun else { return }
        _ = try connection.run([.commit], timeout: timeout)
    }

    /// Holds off every other node that asks for the same lock, until the transaction ends.
    func lock(_ name: String) throws(PostgresFailure) {
        try execute(
            "SELECT pg_advisory_xact_lock($1::integer, hashtext(current_schema() || $2))",
            [.int(Int64(PostgresSchema.lockSpace)), .text("/" + name)])
    }
}
