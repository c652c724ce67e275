/// The way from serving to the end (SIGTERM): not ready any more, still serving for a moment, no new connections, what is under
/// way ends, over.
///
/// A pure state machine over uptime. A second signal or the deadline ends it at once.
package struct DrainMachine: Sendable {
    package enum Phase: Int, Sendable {
        case serving
        /// Not ready, but every request is answered; answers say that their connection ends.
        case announced
        /// No new connections; what is under way ends.
        case closing
        case ended
    }

    package enum Action: Sendable, Equatable {
        /// Nothing before this much time has passed.
        case wait(Duration)
        /// Say that the server ends; then as `wait`.
        case announce(Duration)
        /// Take no new connections, end what is idle; then as `wait`.
        case close(Duration)
        /// Drop what is still under way.
        case endNow(Cause)
        case none
    }

    package enum Cause: String, Sendable {
        case secondSignal = "second signal"
        case deadline
    }

    private enum State {
        case serving
        case announced(until: Duration, deadline: Duration)
        case closing(deadline: Duration)
        case ended
    }

    private let rules: DrainRules
    private var state = State.serving

    package init(_ rules: DrainRules) {
        self.rules = rules
    }

    package var phase: Phase {
        switch state {
        case .serving: .serving
        case .announced: .announced
        case .closing: .closing
        case .ended: .ended
        }
    }

    /// The process was told to end.
    package mutating func signal(at now: Duration) -> Action {
        switch state {
        case .serving:
            let deadline = now + rules.deadline
            guard rules.announce > .zero else { return close(deadline, at: now) }
            state = .announced(until: min(now + rules.announce, deadline), deadline: deadline)
            return .announce(min(rules.announce, rules.deadline))
        case .announced, .closing:
            state = .ended
            return .endNow(.secondSignal)
        case .ended:
            return .none
        }
    }

    /// Time has passed.
    package mutating func tick(at now: Duration) -> Action {
        switch state {
        case .announced(let until, let deadline):
            return now < until ? .wait(until - now) : close(deadline, at: now)
        case .closing(let deadline):
            guard now >= deadline else { return .wait(deadline - now) }
            state = .ended
            return .endNow(.deadline)
        case .serving, .ended:
            return .none
        }
    }

    /// Nothing is under way any more.
    package mutating func emptied() {
        if case .closing = state { state = .ended }
    }

    private mutating func close(_ deadline: Duration, at now: Duration) -> Action {
        state = .closing(deadline: deadline)
        return .close(max(.zero, deadline - now))
    }
}
