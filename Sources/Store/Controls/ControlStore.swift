/// Kill switches and faults, shared by all nodes.
package protocol ControlStore: Sendable {
    /// Goes up with every change; cheap enough to ask every second.
    func controlVersion() async throws -> Int
    /// Switches by provider, faults in the order they were added.
    func controls() async throws -> ControlState
    /// Switches the provider off, or replaces the reason.
    func disable(_ provider: ProviderSwitch) async throws
    /// Returns false when it was not off.
    func enable(provider: String) async throws -> Bool
    func add(_ fault: FaultRule) async throws
    /// Returns false when there is no such fault.
    func removeFault(_ id: String) async throws -> Bool
    /// Removes all faults, or those expired by the moment; returns how many.
    func removeFaults(expiredBy: Timestamp?) async throws -> Int
}
