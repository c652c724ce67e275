/// What the connections of one node know together about a database that does not answer: how long to wait before the
/// next attempt, and when to stop waiting for one.
struct PostgresOutage {
    private enum State {
        case up
        /// Since when, and when the next attempt may be made.
        case down(since: Duration, attempts: Int, next: Duration)
    }

    enum Action: Equatable {
        case connect
        case wait(Duration)
        /// It has been away for longer than callers wait.
        case giveUp
    }

    private var state: State = .up
    private let patience: Duration
    private static let longest = Duration.seconds(2)

    init(patience: Duration) {
        self.patience = patience
    }

    /// What a caller that needs a connection, and has waited that long, does next.
    func action(at now: Duration, waited: Duration) -> Action {
        guard case .down(let since, _, let next) = state else { return .connect }
        if next <= now { return .connect }
        return now - since >= patience || waited >= patience ? .giveUp : .wait(next - now)
    }

    mutating func succeeded() {
        state = .up
    }

    /// - Parameter jitter: 0...1; spreads the attempts of many nodes.
    mutating func failed(at now: Duration, jitter: Double) {
        var (since, attempts) = (now, 0)
        if case .down(let earlier, let made, let next) = state {
            // Several connections that failed together count as one attempt.
            guard next <= now else { return }
            (since, attempts) = (earlier, made)
        }
        let base = Duration.milliseconds(50) * (1 << min(attempts, 6))
        let pause = min(base, Self.longest) * (0.5 + 0.5 * jitter)
        state = .down(since: since, attempts: attempts + 1, next: now + pause)
    }
}
