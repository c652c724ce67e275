package import Store

/// The faults that are played to callers in development.
package protocol FaultBook: Sendable {
    /// Those whose time has not run out, in the order they were added.
    var faults: [FaultRule] { get }
    /// In force on this node when it returns, on all others within a second.
    func add(_ fault: FaultDraft, by: String) async throws -> FaultRule
    /// Returns false when there is no such fault.
    func removeFault(_ id: String) async throws -> Bool
    /// Returns how many there were.
    func removeAllFaults() async throws -> Int
}
