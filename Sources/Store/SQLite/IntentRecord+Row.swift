import GRDB
import Inventory

extension IntentRecord {
    init(row: Row) throws(StoreError) {
        let call: String = row["call"]
        guard let state = State(rawValue: row["state"]), let risk = Risk(rawValue: row["risk"]) else {
            throw StoreError.damagedRow("intent of call \(call)")
        }
        self.init(
            callID: call, caller: row["caller"], callerName: row["caller_name"], provider: row["provider"],
            operation: row["operation"], key: row["key"], providerKey: row["provider_key"], risk: risk,
            node: row["node"], begun: Timestamp(milliseconds: row["begun"]), state: state,
            settled: Timestamp(column: row["settled"]), settledBy: row["settled_by"])
    }
}
