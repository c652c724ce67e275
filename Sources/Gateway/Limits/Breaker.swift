package import Inventory
import Store

/// A circuit breaker: opens when too many recent calls failed, lets one probe through after a pause, closes when it succeeds.
///
/// A pure state machine over uptime. Only failures of the provider count (no answer, 5xx), never a caller's mistake or a 429.
package struct Breaker: Sendable {
    package enum Decision: Sendable, Equatable {
        case pass
        /// Open; the next probe is allowed after this time.
        case refuse(retryAfter: Duration)
    }

    package enum Position: String, Sendable {
        case closed, open
        case halfOpen = "half-open"
    }

    private enum State: Sendable {
        case closed
        case open(until: Duration)
        case probing(until: Duration)
    }

    private struct Outcome: Sendable {
        let at: Duration
        let failed: Bool
    }

    private let rules: BreakerRules
    private var state = State.closed
    private var outcomes: [Outcome] = []

    package init(_ rules: BreakerRules) {
        self.rules = rules
    }

    package func position(at now: Duration) -> Position {
        switch state {
        case .closed: .closed
        case .open(let until): now < until ? .open : .halfOpen
        case .probing: .halfOpen
        }
    }

    package mutating func ask(at now: Duration) -> Decision {
        switch state {
        case .closed:
            return .pass
        case .open(let until), .probing(let until):
            guard now >= until else { return .refuse(retryAfter: until - now) }
            // A probe that never reports back must not hold the breaker open for ever.
            state = .probing(until: now + rules.open)
            return .pass
        }
    }

    package mutating func record(failed: Bool, at now: Duration) {
        switch state {
        case .probing:
            if failed {
                state = .open(until: now + rules.open)
            } else {
                state = .closed
                outcomes.removeAll()
            }
        case .open:
            break
        case .closed:
            outcomes.removeAll { now - $0.at > rules.window }
            outcomes.append(Outcome(at: now, failed: failed))
            if outcomes.count > 1024 { outcomes.removeFirst(outcomes.count - 1024) }
            let failures = outcomes.count { $0.failed }
            if outcomes.count >= rules.minimum, Double(failures) >= rules.failures * Double(outcomes.count),
                failures > 0
            {
                state = .open(until: now + rules.open)
            }
        }
    }
}
