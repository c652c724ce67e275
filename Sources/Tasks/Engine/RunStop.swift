/// Why a run is stopped before its end.
enum RunStop: Sendable, Equatable {
    case cancelled(by: String)
    /// Orderly shutdown: the task goes back to the queue without burning an attempt.
    case released
    /// Another worker has the task: nothing more is written.
    case lost

    /// Whether this reason takes the place of an earlier one.
    func outranks(_ earlier: RunStop?) -> Bool {
        guard let earlier else { return true }
        return rank > earlier.rank
    }

    private var rank: Int {
        switch self {
        case .released: 0
        case .cancelled: 1
        case .lost: 2
        }
    }
}
