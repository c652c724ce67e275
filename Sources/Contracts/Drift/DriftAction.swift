/// What happens when a payload departs from its contract.
public enum DriftAction: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Nothing: it is not even counted.
    case ignore
    /// It is counted, and the payload goes on.
    case record
    /// It is counted and someone is told the first time; the payload goes on.
    case alert
    /// The same, and the call fails.
    case fail

    public static func < (left: DriftAction, right: DriftAction) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .ignore: 0
        case .record: 1
        case .alert: 2
        case .fail: 3
        }
    }
}
