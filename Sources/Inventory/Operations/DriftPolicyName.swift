/// What happens when an answer breaks its contract.
public enum DriftPolicyName: String, CaseIterable, Sendable {
    /// The call fails.
    case fail
    /// The drift is recorded and the answer goes through.
    case record
}
