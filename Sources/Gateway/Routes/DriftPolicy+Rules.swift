package import Contracts
package import Inventory

extension DriftPolicy {
    /// As the inventory says.
    package init(_ rules: DriftRules) {
        var kinds: [DriftFinding.Kind: DriftAction] = [:]
        for (kind, action) in rules.kinds { kinds[Self.kind(kind)] = Self.action(action) }
        self.init(breaks: Self.action(rules.breaks), kinds: kinds)
    }

    private static func action(_ action: DriftRules.Action) -> DriftAction {
        switch action {
        case .ignore: .ignore
        case .record: .record
        case .alert: .alert
        case .fail: .fail
        }
    }

    private static func kind(_ kind: DriftRules.Kind) -> DriftFinding.Kind {
        switch kind {
        case .missing: .missing
        case .type: .type
        case .enum: .enum
        case .format: .format
        case .status: .status
        case .endpoint: .endpoint
        case .other: .other
        case .unknownField: .unknownField
        }
    }
}
