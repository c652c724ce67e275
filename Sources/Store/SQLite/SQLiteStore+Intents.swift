package import Contracts
import GRDB

extension SQLiteStore {
    package func beginIntent(
        key: String, callID: String, provider: String, operation: String, at: Timestamp
    ) async throws -> IntentState {
        try await commits.run { db in
            let find = try db.cachedStatement(sql: "SELECT call, status, body FROM intent WHERE key = ?")
            if let row = try Row.fetchOne(find, arguments: [key]) {
                guard let status: Int = row["status"], let body: String = row["body"] else {
                    return .unknown(callID: row["call"])
                }
                return .settled(status: status, body: try StoredJSON.value(body, "answer to call \(callID)"))
            }
            try db.cachedStatement(
                sql: "INSERT INTO intent (key, call, provider, operation, begun) VALUES (?, ?, ?, ?, ?)"
            ).execute(arguments: [key, callID, provider, operation, at.milliseconds])
            return .begun
        }
    }

    /// The first settlement stands; throws `.failed` when no such intent was begun.
    package func settleIntent(key: String, status: Int, body: JSONValue, at: Timestamp) async throws {
        let body = body.text
        try await commits.run { db in
            try db.cachedStatement(
                sql: """
                    UPDATE intent SET status = coalesce(status, ?), body = coalesce(body, ?),
                        settled = coalesce(settled, ?)
                    WHERE key = ?
                    """
            ).execute(arguments: [status, body, at.milliseconds, key])
            guard db.changesCount == 1 else {
                throw StoreError(.failed, "The outcome belongs to no stored intent.", detail: "intent \(key)")
            }
        }
    }

    /// Leaves a settled intent alone: its write did have an effect.
    package func dropIntent(key: String) async throws {
        try await commits.run { db in
            try db.cachedStatement(sql: "DELETE FROM intent WHERE key = ? AND settled IS NULL")
                .execute(arguments: [key])
        }
    }

    package func unknownIntents() async throws -> [IntentRecord] {
        try await read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT key, call, provider, operation, begun FROM intent WHERE settled IS NULL ORDER BY begun, key
                    """)
            return try Row.fetchAll(statement).map { row in
                IntentRecord(
                    key: row[0], callID: row[1], provider: row[2], operation: row[3],
                    begun: Timestamp(milliseconds: row[4]))
            }
        }
    }
}
