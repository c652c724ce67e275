import Contracts
import GRDB
import Inventory

/// A row of the ledger with its JSON already encoded.
struct EncodedCall: Sendable {
    private let call: CallRecord
    private let tries: String
    private let detail: String

    init(_ call: CallRecord) {
        var call = call
        tries = JSONValue.array(call.tries.map(\.stored)).text
        detail = StoredJSON.text(call.detail)
        // Held while the row waits: as text only.
        call.detail = [:]
        call.tries = []
        self.call = call
    }

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

extension Double {
    /// SQLite would store NaN as NULL.
    fileprivate var stored: Double { isFinite ? self : 0 }
}
