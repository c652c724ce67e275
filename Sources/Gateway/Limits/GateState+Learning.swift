import Inventory
import Store

extension GateState {
    /// How an attempt ended: what the breakers make of it.
    ///
    /// The operation's breaker counts failures after a connection stood, the provider's counts connections that could not
    /// be made. When an operation's breaker opens, two or more are not closed, and these are at least half of those in
    /// use, the provider's opens too.
    mutating func report(_ pass: GatePass, _ outcome: AttemptOutcome, at now: Moment) {
        let slot = pass.slot
        switch verdict(outcome) {
        case .nothing:
            release(pass)
        case .unsent:
            release(pass)
            giveBack(slot)
        case .unreachable:
            slots[slot].breaker.release(probe: pass.probe)
            breaker.record(failed: true, probe: pass.providerProbe, at: now)
        case .good:
            slots[slot].breaker.record(failed: false, probe: pass.probe, at: now)
            breaker.record(failed: false, probe: pass.providerProbe, at: now)
        case .failed:
            fail(pass, at: now)
        }
    }

    private mutating func fail(_ pass: GatePass, at now: Moment) {
        let wasKnown = slots[pass.slot].breaker.position(at: now) != .closed
        if slots[pass.slot].breaker.record(failed: true, probe: pass.probe, at: now) { considerProvider(at: now) }
        guard let probe = pass.providerProbe else {
            // A connection stood: that is all the provider's own breaker asks of calls that are no probes.
            breaker.record(failed: false, probe: nil, at: now)
            return
        }
        // One operation that is known to fail says nothing about whether the provider is back.
        if wasKnown { breaker.release(probe: probe) } else { breaker.record(failed: true, probe: probe, at: now) }
    }

    private mutating func considerProvider(at now: Moment) {
        guard breaker.position(at: now) != .open else { return }
        var used = 0
        var failing = 0
        for index in slots.indices where slots[index].breaker.isInUse(at: now) {
            used += 1
            if slots[index].breaker.position(at: now) != .closed { failing += 1 }
        }
        if failing >= 2, failing * 2 >= used { breaker.open(at: now) }
    }

    private enum Verdict {
        case nothing, unsent, unreachable, good, failed
    }

    private func verdict(_ outcome: AttemptOutcome) -> Verdict {
        switch outcome {
        case .unsent:
            return .unsent
        case .left(let after):
            return isSlow(after) ? .failed : .nothing
        case .answered(let status, let after):
            return status >= 500 || isSlow(after) ? .failed : .good
        case .failed(let error, _):
            if !error.wasSent { return .unreachable }
            // The answer was there; it is our own cap that it broke.
            return error.reason == .tooLarge ? .good : .failed
        }
    }

    @inline(__always)
    private func isSlow(_ duration: Duration) -> Bool {
        guard let slow = rules.slow else { return false }
        return duration > slow
    }

    /// Takes over what an answer said about the provider's limits.
    ///
    /// - Parameter isRefusal: the answer is itself a no: 429, or another status that names a time to come back.
    mutating func learn(_ words: ProviderWords, isRefusal: Bool, _ pass: GatePass, at now: Moment) {
        var pause: Int64 = 0
        if isRefusal, let wait = words.wait { pause = wait.nanoseconds }
        if let exhausted = words.exhaustedFor { pause = max(pause, exhausted.nanoseconds) }
        if pause > 0 { heldUntil = max(heldUntil, now.nanoseconds + min(pause, hold)) }
        guard let remaining = words.remaining, let reset = words.resetAfter else { return }
        // Answers overtake each other: the one to the latest attempt knows best, until its reset.
        guard pass.number > allowance.number || now.nanoseconds >= allowance.until else { return }
        // Those let through after this attempt are most likely not counted in what it was told. Other nodes hear the same.
        let since = Int(clamping: sent - pass.number)
        let nodes = sharing?.nodes ?? 1
        let (whole, rest) = remaining.quotientAndRemainder(dividingBy: nodes)
        allowance = Allowance(
            number: pass.number, left: whole + (rest > 0 ? 1 : 0) - since,
            until: now.nanoseconds + min(reset.nanoseconds, hold))
    }

    mutating func snapshot(at now: Moment) -> GateSnapshot {
        let operations = slots.filter { $0.name != Self.undeclared || $0.running > 0 }.map { slot in
            GateSnapshot.OperationState(
                name: slot.name, breaker: slot.breaker.position(at: now), running: slot.running,
                dailyLeft: slot.quota?.left(at: now.wall))
        }
        let isFresh = allowance.until > now.nanoseconds
        return GateSnapshot(
            breaker: breaker.position(at: now), operations: operations.sorted { $0.name < $1.name }, running: running,
            waiting: waiting, pause: pause(at: now), dailyLeft: quota?.left(at: now.wall),
            remaining: isFresh ? max(0, allowance.left) : nil,
            resetAfter: isFresh ? .nanoseconds(allowance.until - now.nanoseconds) : nil, switchedOff: switchedOff,
            retries: budget.spent(at: now))
    }

    func pause(at now: Moment) -> Duration {
        var until = heldUntil
        if allowance.left <= 0 { until = max(until, allowance.until) }
        return .nanoseconds(max(0, until - now.nanoseconds))
    }

    /// The worst of the provider's breaker and those of its operations.
    func worstPosition(at now: Moment) -> Breaker.Position {
        var worst = breaker.position(at: now)
        for slot in slots where worst != .open {
            let position = slot.breaker.position(at: now)
            if position == .open || worst == .closed { worst = position }
        }
        return worst
    }
}
