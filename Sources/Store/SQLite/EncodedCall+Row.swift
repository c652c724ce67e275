import Contracts
import GRDB
import Inventory

extension EncodedCall {
    /// A row with the same id is replaced.
    func insert(_ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO call (id, at, provider, operation, caller, task, step, method, path, status,
                    outcome, who, code, tries, total_ms, footing_ms, provider_ms, request_id, drift, risk)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            call.id, call.at.milliseconds, call.provider, call.operation, call.caller, call.task, call.step,
            call.method, call.path, call.status, call.outcome.rawValue, call.who, call.code, tries,
            call.totalMilliseconds.stored, call.footingMilliseconds.stored, call.providerMilliseconds.stored,
            call.requestID, call.drift, call.risk.rawValue,
        ])
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO call_detail (call, detail) VALUES (?, ?)")
            .execute(arguments: [call.id, detail])
    }
}
