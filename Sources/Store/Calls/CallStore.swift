/// The ledger and drift findings.
package protocol CallStore: Sendable {
    /// Queues rows for the next commit; returns once they are stored.
    func record(_ calls: [CallRecord]) async throws
    func call(_ id: String) async throws -> CallRecord?
    func calls(_ query: CallQuery) async throws -> [CallRecord]
    /// Removes at most `limit` rows of calls that began before the moment; returns how many those were. The row of a
    /// write stays as long as its outcome is not known.
    func removeCalls(before: Timestamp, limit: Int) async throws -> Int
    /// Whether any call was ever recorded, even if its row is gone by now.
    func hasCalls() async throws -> Bool
    /// Adds to the counts of known shapes and stores new ones, all or none; returns those that were new. Of one operation
    /// no more than `DriftRecord.mostShapes` are kept.
    func recordDrift(_ findings: [DriftRecord]) async throws -> [DriftRecord]
    func drift(provider: String?) async throws -> [DriftRecord]
    /// Removes findings that the contract allows by now.
    func forgetDrift(provider: String, operation: String, shapes: [String]) async throws
    /// Removes findings that were last seen before the moment.
    func removeDrift(before: Timestamp) async throws
}
