package import Inventory
package import Store
import Synchronization
package import Wire

/// What one provider tolerates right now: its places, pace, quotas, breakers, pauses it asked for, and its kill switch.
///
/// One per provider, shared by all event loops and kept over a reload of the inventory. Nothing here suspends: who must wait
/// is told how long, or called when a place is free. In the good case an attempt costs two short locks and no memory.
///
/// The way of an attempt: `enter` (or `line` and then `admit`), the wait of its pass and `confirm` where there is one, the
/// sending, `report` and `learn` when the answer's head or a failure is there, `leave` when the exchange is over.
package final class ProviderGate: Sendable {
    package enum Entry: Sendable, Equatable {
        /// A place is taken; wait as the pass says, then send.
        case go(GatePass)
        /// No place is free: see `line`. Nothing is held.
        case full
        /// Nothing is held.
        case refused(GateRefusal)
    }

    package enum Turn: Sendable, Equatable {
        /// A place is taken already: go on with `admit`.
        case place
        case waiting(Ticket)
        /// Too many wait.
        case refused(GateRefusal)
    }

    /// Someone who waits for a place.
    package struct Ticket: Sendable, Equatable {
        let slot: Int
        let number: Int64
    }

    package let provider: String
    let state: Mutex<GateState>
    /// Which of the fields about limits this provider has been seen to send, and how many answers were looked at.
    private let families = Atomic<UInt32>(0)
    private let answers = Atomic<UInt32>(0)

    package init(_ provider: Provider) {
        self.provider = provider.name
        state = Mutex(GateState(provider))
    }

    /// The number of an operation, good as long as the gate is; nil stands for all that are not declared.
    package func slot(of operation: String?) -> Int {
        state.withLock { $0.slot(of: operation ?? GateState.undeclared) }
    }

    /// Takes over the rules of a new inventory; what they leave as it was keeps its state.
    package func adopt(_ provider: Provider) {
        for whenFree in state.withLock({ $0.adopt(provider) }) { whenFree() }
    }

    /// Takes a place and asks for leave to send.
    ///
    /// - Parameters:
    ///   - patience: what the pass may make wait at most.
    ///   - isRetry: whether the call was counted before.
    package func enter(_ slot: Int, at now: Moment, patience: Duration, isRetry: Bool = false) -> Entry {
        let patience = patience.nanoseconds
        return state.withLock { state in
            if state.hasLapsed(at: now) { state.lapse(at: now) }
            guard state.hasPlace(slot) else {
                // Those who would be refused anyway need not stand in line for it.
                guard state.switchedOff == nil else {
                    return state.admit(slot, at: now, patience: patience, isRetry: isRetry)
                }
                state.noteFull(slot)
                return .full
            }
            let entry = state.admit(slot, at: now, patience: patience, isRetry: isRetry)
            if case .go = entry { state.takePlace(slot) }
            return entry
        }
    }

    /// Waits for a place, behind those who came before.
    ///
    /// - Parameter whenFree: called once, on any thread and outside all locks, when the place is taken; then go on with `admit`.
    package func line(_ slot: Int, at now: Moment, whenFree: @escaping @Sendable () -> Void) -> Turn {
        state.withLock { $0.line(slot, whenFree) }
    }

    /// Leaves the line. False: the place is taken already, `whenFree` has been or is being called; give it back with `drop`.
    package func giveUp(_ ticket: Ticket) -> Bool {
        state.withLock { $0.giveUp(ticket) }
    }

    /// Gives back a place for which there is no pass.
    package func drop(_ slot: Int, at now: Moment) {
        state.withLock { $0.freePlace(slot, at: now) }?()
    }

    /// Asks for leave to send with a place from `line`; the place is given back where the answer is no.
    package func admit(_ slot: Int, at now: Moment, patience: Duration, isRetry: Bool = false) -> Entry {
        let (entry, next) = state.withLock { state in
            let entry = state.admit(slot, at: now, patience: patience.nanoseconds, isRetry: isRetry)
            if case .go = entry { return (entry, nil as (@Sendable () -> Void)?) }
            return (entry, state.freePlace(slot, at: now))
        }
        next?()
        return entry
    }

    /// Looks again when a pass has been waited out: send where its wait is zero now, wait again where it is not. After a
    /// refusal the pass is over, without `report` and `leave`.
    package func confirm(_ pass: GatePass, at now: Moment, patience: Duration) -> Entry {
        let (entry, next) = state.withLock { state in
            let entry = state.confirm(pass, at: now, patience: patience.nanoseconds)
            if case .go = entry { return (entry, nil as (@Sendable () -> Void)?) }
            return (entry, state.freePlace(pass.slot, at: now))
        }
        next?()
        return entry
    }

    /// How the attempt ended: once, as soon as that is known. A content that breaks later may be reported as a failure too.
    package func report(_ pass: GatePass, _ outcome: AttemptOutcome, at now: Moment) {
        state.withLock { $0.report(pass, outcome, at: now) }
    }

    /// The exchange is over: once per pass.
    package func leave(_ pass: GatePass, at now: Moment) {
        state.withLock { $0.freePlace(pass.slot, at: now) }?()
    }

    /// Takes over what an answer says about the provider's limits, and returns it.
    ///
    /// Good answers are searched for the fields this provider is known to send, and now and then for all.
    package func learn(_ fields: FieldList, status: Int, _ pass: GatePass, at now: Moment) -> ProviderWords {
        let looksForAll = status >= 400 || answers.add(1, ordering: .relaxed).oldValue & 15 == 0
        let known = ProviderWords.Families(rawValue: families.load(ordering: .relaxed))
        guard looksForAll || !known.isEmpty else { return .none }
        let words = ProviderWords(fields, status: status, at: now, looking: looksForAll ? .all : known)
        if !known.isSuperset(of: words.families) {
            families.bitwiseOr(words.families.rawValue, ordering: .relaxed)
        }
        guard words.saysSomething else { return words }
        state.withLock { $0.learn(words, isRefusal: words.isRefusal(status), pass, at: now) }
        return words
    }

    /// Whether there may be one retry more; counts it.
    package func spendRetry(at now: Moment) -> Bool {
        state.withLock { $0.budget.spend(at: now) }
    }

    /// Whether a read may be asked for a second time, beside the first; counts it.
    package func spendHedge(at now: Moment) -> Bool {
        state.withLock { $0.budget.spendHedge(at: now) }
    }

    /// Lets nothing through from now on, until `switchOn`.
    package func switchOff(_ by: ProviderSwitch) {
        state.withLock { $0.switchedOff = by }
    }

    package func switchOn() {
        state.withLock { $0.switchedOff = nil }
    }

    /// For a pass that is not used after all: nothing was sent.
    func giveBack(_ pass: GatePass, at moment: Moment) {
        report(pass, .unsent, at: moment)
        leave(pass, at: moment)
    }

    /// What every call is told while the provider is switched off.
    var switchedOffRefusal: GateRefusal? {
        switchedOff.map { GateRefusal(.switchedOff, retryAfter: nil, switchedOff: $0) }
    }

    package var switchedOff: ProviderSwitch? {
        state.withLock { $0.switchedOff }
    }

    /// The worst position of the provider's breaker and those of its operations.
    package func breakerPosition(at uptime: Duration) -> Breaker.Position {
        let now = Moment(uptime: uptime, wall: Timestamp(milliseconds: 0))
        return state.withLock { $0.worstPosition(at: now) }
    }

    /// How long the provider asked everyone to pause, from now.
    package func pause(at uptime: Duration) -> Duration {
        let now = Moment(uptime: uptime, wall: Timestamp(milliseconds: 0))
        return state.withLock { $0.pause(at: now) }
    }

    package func snapshot(at now: Moment) -> GateSnapshot {
        state.withLock { $0.snapshot(at: now) }
    }
}
