extension FaultRule.Kind {
    package static let words = ["status", "delay", "drop", "truncated", "garbage"]

    /// `status`, `delay`, `drop`, `truncated` or `garbage`.
    package var word: String {
        switch self {
        case .status: "status"
        case .delay: "delay"
        case .drop: "drop"
        case .truncated: "truncated"
        case .garbage: "garbage"
        }
    }

    package var status: Int? {
        if case .status(let status) = self { status } else { nil }
    }

    /// nil for another word, and for `status` without one from 100 to 599.
    package init?(word: String, status: Int?) {
        switch word {
        case "status":
            guard let status, (100...599).contains(status) else { return nil }
            self = .status(status)
        case "delay": self = .delay
        case "drop": self = .drop
        case "truncated": self = .truncated
        case "garbage": self = .garbage
        default: return nil
        }
    }
}
