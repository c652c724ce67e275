package import Inventory

/// A circuit breaker: opens when too many recent calls failed, lets probes through after a pause, and when they succeed
/// closes and lets the calls come back little by little.
///
/// ```
/// closed -> open           the share of failures is reached, with the minimum of calls in the window
/// open -> half-open        the pause is over
/// half-open -> open        a probe failed
/// half-open -> warming     all probes succeeded
/// warming -> closed        the ramp is over;  warming -> open  as from closed
/// ```
/// A pure state machine over uptime. What counts as a failure is its owner's business.
package struct Breaker: Sendable {
    package enum Decision: Sendable, Equatable {
        case pass
        /// Half-open: this call is one of those that decide. Pass the number on to `record` or `release`.
        case probe(Int64)
        case refuse(Refusal)
    }

    package enum Refusal: Sendable, Equatable {
        /// Until probes may go.
        case open(Duration)
        /// Just closed, and this call is not in the share let through; until the next second of the ramp.
        case warming(Duration)
    }

    package enum Position: String, Sendable {
        case closed, open
        case halfOpen = "half-open"
    }

    private enum State: Sendable {
        case closed
        case open(until: Int64)
        /// Probes of one round; a round whose probes never report is over at the end of its time.
        case probing(round: Int64, until: Int64, underWay: Int, succeeded: Int)
        case warming(since: Int64, second: Int64, passed: Int, share: Double)
    }

    private let rules: BreakerRules
    private let pause: Int64
    private let ramp: Int64
    private var state = State.closed
    private var outcomes: CountWindow
    private var rounds: Int64 = 0

    private static let second: Int64 = 1_000_000_000
    /// Calls that pass in each second of the ramp whatever the share, so that who asks little is not refused.
    static let warmFloor = 5
    /// The share of calls let through when the ramp begins.
    static let warmStart = 0.1

    package init(_ rules: BreakerRules) {
        self.rules = rules
        pause = max(rules.open.nanoseconds, 1)
        ramp = rules.ramp.nanoseconds
        outcomes = CountWindow(rules.window)
    }

    package func position(at now: Moment) -> Position {
        switch state {
        case .closed, .warming: .closed
        case .open(let until): now.nanoseconds < until ? .open : .halfOpen
        case .probing: .halfOpen
        }
    }

    /// Whether a call may go; counts it if so.
    package mutating func ask(at now: Moment) -> Decision {
        let now = now.nanoseconds
        switch state {
        case .closed:
            return .pass
        case .open(let until):
            guard now >= until else { return .refuse(.open(.nanoseconds(until - now))) }
            return startRound(at: now)
        case .probing(let round, let until, let underWay, let succeeded):
            if underWay + succeeded < rules.probes {
                state = .probing(round: round, until: until, underWay: underWay + 1, succeeded: succeeded)
                return .probe(round)
            }
            guard now < until else { return startRound(at: now) }
            return .refuse(.open(.nanoseconds(min(until - now, Self.second))))
        case .warming(let since, let second, let passed, let share):
            return warm(since: since, second: second, passed: passed, share: share, at: now)
        }
    }

    private mutating func startRound(at now: Int64) -> Decision {
        rounds += 1
        state = .probing(round: rounds, until: now + pause, underWay: 1, succeeded: 0)
        return .probe(rounds)
    }

    /// The first few calls of each second pass; of the others a share that grows with time, spread evenly by carrying the
    /// rest over.
    private mutating func warm(since: Int64, second: Int64, passed: Int, share: Double, at now: Int64) -> Decision {
        let elapsed = now - since
        guard elapsed < ramp else {
            state = .closed
            return .pass
        }
        let current = elapsed / Self.second
        let passed = current == second ? passed : 0
        if passed < Self.warmFloor {
            state = .warming(since: since, second: current, passed: passed + 1, share: share)
            return .pass
        }
        let sum = share + Self.warmStart + (1 - Self.warmStart) * Double(elapsed) / Double(ramp)
        let passes = sum >= 1
        state = .warming(since: since, second: current, passed: passed, share: passes ? sum - 1 : sum)
        guard !passes else { return .pass }
        return .refuse(.warming(.nanoseconds(min((current + 1) * Self.second, ramp) - elapsed)))
    }

    /// How a call that was let through ended. Calls from before the breaker opened change nothing any more.
    ///
    /// - Returns: whether this opened the breaker.
    @discardableResult
    package mutating func record(failed: Bool, probe: Int64?, at moment: Moment) -> Bool {
        let now = moment.nanoseconds
        switch state {
        case .open:
            return false
        case .probing(let round, let until, let underWay, let succeeded):
            guard probe == round else { return false }
            guard !failed else {
                open(at: moment)
                return true
            }
            guard succeeded + 1 >= rules.probes else {
                state = .probing(round: round, until: until, underWay: underWay - 1, succeeded: succeeded + 1)
                return false
            }
            outcomes.clear()
            state = ramp > 0 ? .warming(since: now, second: 0, passed: 0, share: 0) : .closed
            return false
        case .closed, .warming:
            outcomes.add(count: 1, marked: failed ? 1 : 0, at: now)
            guard failed, outcomes.count >= rules.minimum,
                Double(outcomes.marked) >= rules.failures * Double(outcomes.count)
            else { return false }
            open(at: moment)
            return true
        }
    }

    /// A call that was let through ended without saying anything about the provider.
    package mutating func release(probe: Int64?) {
        guard let probe, case .probing(probe, let until, let underWay, let succeeded) = state else { return }
        state = .probing(round: probe, until: until, underWay: underWay - 1, succeeded: succeeded)
    }

    /// Opens it whatever was counted.
    package mutating func open(at now: Moment) {
        outcomes.clear()
        state = .open(until: now.nanoseconds + pause)
    }

    /// Whether calls were counted within the window, or it is not closed.
    mutating func isInUse(at now: Moment) -> Bool {
        guard case .closed = state else { return true }
        outcomes.advance(to: now.nanoseconds)
        return outcomes.count > 0
    }

    /// How long until a call may pass, at best.
    func wait(at now: Moment) -> Duration {
        switch state {
        case .closed, .warming: .zero
        case .open(let until): .nanoseconds(max(0, until - now.nanoseconds))
        case .probing(_, let until, _, _): .nanoseconds(min(max(0, until - now.nanoseconds), Self.second))
        }
    }

    /// Whether a call that was let through before may still go.
    func stillPasses(probe: Int64?) -> Bool {
        switch state {
        case .closed, .warming: true
        case .open: false
        case .probing(let round, _, _, _): probe == round
        }
    }
}
