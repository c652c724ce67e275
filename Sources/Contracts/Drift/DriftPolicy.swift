/// What happens to a payload that breaks its contract.
public enum DriftPolicy: String, Sendable, Hashable {
    /// The call fails.
    case fail
    /// The finding is recorded and the payload goes on.
    case record

    public func isFailure(_ findings: [DriftFinding]) -> Bool {
        findings.contains { $0.isFailure(under: self) }
    }
}
