import Inventory

extension IntentRecord {
    /// Everything `init(row:)` reads.
    static let columns = """
        call, caller, caller_name, provider, operation, key, provider_key, risk, node, begun, state, settled, settled_by
        """

    init(row: PostgresRow) throws(StoreError) {
        let call = try row.text("call")
        guard let state = State(rawValue: try row.text("state")), let risk = Risk(rawValue: try row.text("risk")) else {
            throw StoreError.damagedRow("intent of call \(call)")
        }
        self.init(
            callID: call, caller: try row.text("caller"), callerName: try row.text("caller_name"),
            provider: try row.text("provider"), operation: try row.text("operation"), key: row.optionalText("key"),
            providerKey: row.optionalText("provider_key"), risk: risk, node: try row.text("node"),
            begun: try row.moment("begun"), state: state, settled: row.optionalMoment("settled"),
            settledBy: row.optionalText("settled_by"))
    }
}
