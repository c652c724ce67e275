/// What happens when a provider's answers depart from what was agreed, for each kind of departure.
public struct DriftRules: Sendable, Hashable {
    public enum Action: String, CaseIterable, Sendable {
        /// It is not counted.
        case ignore
        /// It is counted and the answer goes through.
        case record
        /// It is counted, someone is told, and the answer goes through.
        case alert
        /// The call fails.
        case fail
    }

    public enum Kind: String, CaseIterable, Sendable {
        case missing, type, `enum`, format, status, endpoint, other
        case unknownField = "unknown_field"
    }

    public static let fail = DriftRules(breaks: .fail)
    public static let record = DriftRules(breaks: .record)

    /// For answers that break the contract.
    public let breaks: Action
    /// Kinds that are treated otherwise.
    public let kinds: [Kind: Action]

    public init(breaks: Action = .fail, kinds: [Kind: Action] = [:]) {
        self.breaks = breaks
        self.kinds = kinds
    }
}
