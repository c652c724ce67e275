import Inventory
import NIOCore
import Store
import Wire

/// A read that is slow to be answered is asked for a second time, beside the first, where the inventory says so.
extension CallWalk {
    /// Begins the round of an attempt that was just sent.
    func beginHedging() {
        guard let rules = context.route?.provider.retries.hedge,
            let hedge = Hedge(rules, risk: context.risk, canReplay: content.isWhole && context.wire.upgrade == nil)
        else { return }
        sending?.hedge = hedge
        sending?.hedgeTimer = ground.timers.schedule(hedge.after, on: loop) { [self] in
            sending?.hedgeTimer = nil
            startSecond()
        }
    }

    private func startSecond() {
        guard !isOver, let gate = sending?.gate, sending?.attempt != nil else { return }
        let moment = tick()
        guard sending?.hedge?.timerFired(spend: { gate.spendHedge(at: moment) }) == true else { return }
        guard case .go(let pass) = gate.enter(context.gateSlot, at: moment, patience: .zero, isRetry: true) else {
            sending?.hedge?.secondNotStarted()
            return
        }
        do {
            guard pass.wait == .zero else { return giveBack(pass, moment) }
            let charge = try reserveMoney(moment)
            let elapsed = (moment.nanoseconds - context.began.nanoseconds) / 1_000_000
            context.notes.append("asked a second time after \(elapsed) ms")
            launch(pass, charge, moment) { [self] in sending?.second = $0 }
        } catch {
            // Too dear for a second time: the first goes on alone.
            giveBack(pass, moment)
        }
    }

    private func giveBack(_ pass: GatePass, _ moment: Moment) {
        sending?.gate.giveBack(pass, at: moment)
        sending?.hedge?.secondNotStarted()
    }

    /// What the round says to an attempt's end or its answer's head: whether this attempt counts. The one that does not is let go of.
    func counts(_ attempt: CallAttempt, isGood: Bool, _ moment: Moment) -> Bool {
        guard let sending, sending.hedge != nil else { return true }
        let which: Hedge.Which = sending.second === attempt ? .second : .first
        switch sending.hedge?.ended(which, isGood: isGood) {
        case .takeIt(let cancelOther):
            if cancelOther { letGo(which == .first ? sending.second : sending.attempt, moment) }
            keep(attempt)
            return true
        case .nothingGood, nil:
            keep(attempt)
            return true
        case .waitForOther, .late:
            if which == .first { sending.attempt = sending.second }
            sending.second = nil
            return false
        }
    }

    /// This attempt alone goes on.
    private func keep(_ attempt: CallAttempt) {
        sending?.attempt = attempt
        sending?.second = nil
        sending?.hedge = nil
        sending?.hedgeTimer?.cancel()
        sending?.hedgeTimer = nil
    }

    /// An attempt that is not needed any more.
    func letGo(_ attempt: CallAttempt?, _ moment: Moment) {
        guard let attempt, let gate = sending?.gate else { return }
        if attempt.head == nil {
            let after = Duration.nanoseconds(moment.nanoseconds - attempt.began)
            let wasSent = attempt.exchange?.wasSent ?? false
            gate.report(attempt.pass, wasSent ? .left(after: after) : .unsent, at: moment)
            settleMoney(attempt, wasSent: wasSent)
        }
        gate.leave(attempt.pass, at: moment)
        attempt.cancel()
    }
}
