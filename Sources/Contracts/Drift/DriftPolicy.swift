/// What happens to payloads that depart from their contract, for each kind of departure.
public struct DriftPolicy: Sendable, Hashable {
    /// What breaks the contract fails the call, unknown members are recorded, undocumented answers are told.
    public static let fail = DriftPolicy(breaks: .fail)
    /// Everything is recorded and goes on.
    public static let record = DriftPolicy(breaks: .record)

    /// For what breaks the contract.
    public let breaks: DriftAction
    /// Where a kind is treated otherwise.
    public let kinds: [DriftFinding.Kind: DriftAction]

    public init(breaks: DriftAction, kinds: [DriftFinding.Kind: DriftAction] = [:]) {
        self.breaks = breaks
        self.kinds = kinds
    }

    /// Additive changes never fail a call unless someone says so: a member that the contract does not name is recorded,
    /// an answer or endpoint that it does not name is told.
    public func action(for finding: DriftFinding) -> DriftAction {
        if let action = kinds[finding.kind] { return action }
        switch finding.kind {
        case .unknownField where !finding.breaksContract: return min(breaks, .record)
        case .status, .endpoint: return min(breaks, .alert)
        default: return breaks
        }
    }

    /// Whether anything happens when a member is there that the contract does not name.
    public var minds: Bool {
        kinds[.unknownField] ?? min(breaks, .record) != .ignore
    }

    public func isFailure(_ findings: [DriftFinding]) -> Bool {
        findings.contains { action(for: $0) == .fail }
    }
}
