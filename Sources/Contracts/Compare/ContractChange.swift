/// One difference between two versions of a contract, and what it means for those who rely on the earlier one.
public struct ContractChange: Sendable, Hashable {
    public enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
        /// Whoever kept to the earlier version keeps to the later one too.
        case safe
        /// May break someone, or could not be shown not to.
        case risky
        /// Breaks someone who kept to the earlier version.
        case breaking

        public static func < (left: Severity, right: Severity) -> Bool {
            left.rank < right.rank
        }

        private var rank: Int {
            switch self {
            case .safe: 0
            case .risky: 1
            case .breaking: 2
            }
        }
    }

    /// Whose payloads it is about.
    public enum Side: String, Sendable, Hashable, CaseIterable {
        /// What a caller sends.
        case request
        /// What the provider gives back.
        case answer
    }

    public var severity: Severity
    public var side: Side
    /// The operation and its part, such as `POST /v1/charges, body`; empty when two schemas are compared.
    public var place: String
    /// The way to the value inside (RFC 6901), `*` for elements and members without a name.
    public var pointer: String
    /// A stable name of the kind of change.
    public var rule: String
    /// A clause without end mark.
    public var message: String

    public init(
        _ severity: Severity, _ side: Side, place: String = "", pointer: String = "", rule: String, message: String
    ) {
        self.severity = severity
        self.side = side
        self.place = place
        self.pointer = pointer
        self.rule = rule
        self.message = message
    }

    public var json: JSONValue {
        [
            "severity": .string(severity.rawValue), "side": .string(side.rawValue), "place": .string(place),
            "pointer": .string(pointer), "rule": .string(rule), "message": .string(message),
        ]
    }
}
