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
    /// Adds to the count of a known shape, or stores a new one; returns whether it was new.
    func recordDrift(_ finding: DriftRecord) async throws -> Bool
    func drift(provider: String?) async throws -> [DriftRecord]
}
