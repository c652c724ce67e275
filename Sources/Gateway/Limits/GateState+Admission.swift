import Store

extension GateState {
    /// Asks the kill switch, the breakers, what the provider said, the quotas and the rates, in this order; takes from all
    /// of them or from none.
    ///
    /// - Parameter patience: a longer wait is refused, nanoseconds.
    mutating func admit(_ slot: Int, at now: Moment, patience: Int64, isRetry: Bool) -> ProviderGate.Entry {
        if let switchedOff { return .refused(GateRefusal(.switchedOff, retryAfter: nil, switchedOff: switchedOff)) }
        var probe: Int64?
        var providerProbe: Int64?
        switch slots[slot].breaker.ask(at: now) {
        case .pass: break
        case .probe(let round): probe = round
        case .refuse(let refusal): return .refused(Self.refusal(refusal, .operationBreaker))
        }
        switch breaker.ask(at: now) {
        case .pass: break
        case .probe(let round): providerProbe = round
        case .refuse(let refusal):
            slots[slot].breaker.release(probe: probe)
            return .refused(Self.refusal(refusal, .providerBreaker))
        }
        let pace = pace(slot, at: now)
        asked &+= 1
        slots[slot].asked &+= 1
        bucket?.note(hadToWait: pace.forRate > 0)
        slots[slot].bucket?.note(hadToWait: pace.forRate > 0)
        guard pace.wait <= patience, !pace.isOver else {
            slots[slot].breaker.release(probe: probe)
            breaker.release(probe: providerProbe)
            return .refused(GateRefusal(pace.reason, retryAfter: .nanoseconds(pace.wait)))
        }
        let turns = reserve(slot, at: now, from: pace.base)
        if !isRetry { budget.noteCall(at: now) }
        sent += 1
        return .go(
            GatePass(
                wait: pace.wait, slot: slot, number: sent, probe: probe, providerProbe: providerProbe,
                turns: pace.wait > 0 ? turns : nil))
    }

    /// Looks again after a pass has been waited out: the provider may have asked for a pause meanwhile, a breaker may have
    /// opened, a person may have thrown the switch.
    mutating func confirm(_ pass: GatePass, at now: Moment, patience: Int64) -> ProviderGate.Entry {
        var refusal: GateRefusal?
        if let switchedOff {
            refusal = GateRefusal(.switchedOff, retryAfter: nil, switchedOff: switchedOff)
        } else if !slots[pass.slot].breaker.stillPasses(probe: pass.probe) {
            refusal = GateRefusal(.operationBreaker, retryAfter: slots[pass.slot].breaker.wait(at: now))
        } else if !breaker.stillPasses(probe: pass.providerProbe) {
            refusal = GateRefusal(.providerBreaker, retryAfter: breaker.wait(at: now))
        }
        if refusal == nil {
            guard heldUntil > now.nanoseconds else { return takeTurn(pass, at: now, patience: patience) }
            // All who waited would go at the same instant: they line up behind the pause.
            let rate = rate(pass.slot, at: heldUntil)
            let wait = heldUntil - now.nanoseconds + rate
            if wait <= patience {
                var turns = pass.turns ?? GatePass.Turns()
                turns.rate = bucket?.reserve(at: heldUntil) ?? 0
                turns.operationRate = slots[pass.slot].bucket?.reserve(at: heldUntil) ?? 0
                return .go(pass.waiting(wait, turns))
            }
            refusal = GateRefusal(.held, retryAfter: .nanoseconds(wait))
        }
        release(pass)
        giveBack(pass.slot)
        return .refused(refusal ?? GateRefusal(.held, retryAfter: nil))
    }

    /// Goes where its turn has come also by what this node has of the limits now, which may be less than when it began to
    /// wait.
    private mutating func takeTurn(_ pass: GatePass, at now: Moment, patience: Int64) -> ProviderGate.Entry {
        guard var turns = pass.turns else { return .go(pass.waiting(0, nil)) }
        let slot = pass.slot
        var answer = PaceAnswer(base: now.nanoseconds)
        if let quota = turns.quota.take() { turns.quota = confirm(quota, &self.quota, &answer, now) }
        if let quota = turns.operationQuota.take() {
            turns.operationQuota = confirm(quota, &slots[slot].quota, &answer, now)
        }
        let rate = max(
            bucket?.wait(for: turns.rate, at: answer.base) ?? 0,
            slots[slot].bucket?.wait(for: turns.operationRate, at: answer.base) ?? 0)
        answer.wait = answer.base - now.nanoseconds + rate
        guard answer.wait > 0 || answer.isOver else { return .go(pass.waiting(0, nil)) }
        guard answer.wait <= patience, !answer.isOver else {
            release(pass)
            giveBack(slot)
            return .refused(GateRefusal(answer.reason, retryAfter: .nanoseconds(answer.wait)))
        }
        return .go(pass.waiting(answer.wait, turns))
    }

    private func confirm(
        _ turn: DayQuota.Turn, _ quota: inout DayQuota?, _ answer: inout PaceAnswer, _ now: Moment
    ) -> DayQuota.Turn {
        var turn = turn
        if let verdict = quota?.confirm(&turn, at: now.wall) { Self.apply(verdict, &answer, now) }
        return turn
    }

    /// What the provider said, its quotas and its rates make of a request that comes now.
    private struct PaceAnswer {
        /// Nanoseconds of uptime from which on only the rate counts.
        var base: Int64
        var wait: Int64 = 0
        /// The rates' part of the wait.
        var forRate: Int64 = 0
        var reason = GateRefusal.Reason.rate
        /// No patience helps.
        var isOver = false
    }

    private func pace(_ slot: Int, at now: Moment) -> PaceAnswer {
        var answer = PaceAnswer(base: now.nanoseconds)
        if heldUntil > answer.base {
            answer.base = heldUntil
            answer.reason = .held
        }
        if allowance.until > answer.base, allowance.left <= 0 {
            answer.base = allowance.until
            answer.reason = .remaining
        }
        if let quota { Self.apply(quota.ask(at: now.wall), &answer, now) }
        if let quota = slots[slot].quota { Self.apply(quota.ask(at: now.wall), &answer, now) }
        answer.forRate = rate(slot, at: answer.base)
        answer.wait = answer.base - now.nanoseconds + answer.forRate
        return answer
    }

    private static func apply(_ verdict: DayQuota.Answer, _ answer: inout PaceAnswer, _ now: Moment) {
        let wait: Duration
        switch verdict {
        case .go: return
        case .soon: wait = .nanoseconds(SharedRate.poll)
        case .wait(let untilMidnight): wait = untilMidnight
        case .refuse(let untilNext):
            wait = untilNext
            answer.isOver = true
        }
        let moment = now.nanoseconds + wait.nanoseconds
        guard moment > answer.base else { return }
        answer.base = moment
        answer.reason = .daily
    }

    @inline(__always)
    private func rate(_ slot: Int, at base: Int64) -> Int64 {
        max(bucket?.wait(at: base) ?? 0, slots[slot].bucket?.wait(at: base) ?? 0)
    }

    @inline(__always)
    private mutating func reserve(_ slot: Int, at now: Moment, from base: Int64) -> GatePass.Turns {
        var turns = GatePass.Turns()
        turns.rate = bucket?.reserve(at: base) ?? 0
        turns.operationRate = slots[slot].bucket?.reserve(at: base) ?? 0
        turns.quota = quota?.take(at: now.wall)
        turns.operationQuota = slots[slot].quota?.take(at: now.wall)
        if allowance.until > now.nanoseconds { allowance.left -= 1 }
        return turns
    }

    /// Gives back what `reserve` took for an attempt that was not sent.
    mutating func giveBack(_ slot: Int) {
        bucket?.giveBack()
        slots[slot].bucket?.giveBack()
        quota?.giveBack()
        slots[slot].quota?.giveBack()
        allowance.left += 1
    }

    mutating func release(_ pass: GatePass) {
        slots[pass.slot].breaker.release(probe: pass.probe)
        breaker.release(probe: pass.providerProbe)
    }

    private static func refusal(_ refusal: Breaker.Refusal, _ reason: GateRefusal.Reason) -> GateRefusal {
        switch refusal {
        case .open(let wait): GateRefusal(reason, retryAfter: wait)
        case .warming(let wait): GateRefusal(.warmingUp, retryAfter: wait)
        }
    }
}
