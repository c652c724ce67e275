import Contracts
import GRDB
import Inventory

extension CallRecord {
    /// Selects everything `init(row:)` reads; add conditions on `c`.
    static let selection = "SELECT c.*, d.detail FROM call c LEFT JOIN call_detail d ON d.call = c.id"

    init(row: Row) throws(StoreError) {
        let id: String = row["id"]
        let stored = try StoredJSON.value(row["tries"], "tries of call \(id)").arrayValue ?? []
        let tries = stored.compactMap(CallTry.init(stored:))
        let detail: String? = row["detail"]
        guard let outcome = Outcome(rawValue: row["outcome"]), let risk = Risk(rawValue: row["risk"]),
            tries.count == stored.count, let detail
        else {
            throw StoreError.damagedRow("call \(id)")
        }
        self.init(
            id: id, at: Timestamp(milliseconds: row["at"]), provider: row["provider"], operation: row["operation"],
            caller: row["caller"], task: row["task"], step: row["step"], method: row["method"], path: row["path"],
            status: row["status"], outcome: outcome, who: row["who"], code: row["code"], tries: tries,
            totalMilliseconds: row["total_ms"], footingMilliseconds: row["footing_ms"],
            providerMilliseconds: row["provider_ms"], requestID: row["request_id"], drift: row["drift"],
            risk: risk, detail: try StoredJSON.object(detail, "detail of call \(id)"))
    }
}
