import Access
import Inventory
import NIOCore
import Store
import Synchronization
import Wire

/// What the attempts of one call share.
final class Sending {
    let gate: ProviderGate
    var machine: RetryMachine
    /// Uptime in nanoseconds until which the answer must have begun.
    let deadline: Int64
    var attempt: CallAttempt?
    var hedge: Hedge?
    var hedgeTimer: (any Timer)?
    /// Under way beside the first.
    var second: CallAttempt?
    var ticket: ProviderGate.Ticket?
    var timer: (any Timer)?
    /// When this attempt began to wait for its place.
    var arrived: Int64 = 0
    /// Waits for its time with a place.
    var pacing: GatePass?

    init(gate: ProviderGate, machine: RetryMachine, deadline: Int64) {
        self.gate = gate
        self.machine = machine
        self.deadline = deadline
    }
}

/// Eighth stage: the request goes out, under the provider's limits, as often as it is safe and useful, never beyond the deadline.
extension CallWalk {
    func send() {
        guard let route = context.route else { return }
        if let key = context.providerKey, let name = context.operation?.idempotencyName {
            context.wire.fields.set(name, key)
        }
        // Every answer is read on its way, if only for secrets in it.
        context.wire.fields.remove(.acceptEncoding)
        let machine = RetryMachine(
            rules: route.provider.retries, statuses: context.operation?.operation.retryStatuses,
            isRepeatable: RetryMachine.isRepeatable(
                method: context.wire.method, risk: context.risk, hasKey: context.providerKey != nil),
            canReplay: content.isWhole && context.wire.upgrade == nil)
        sending = Sending(
            gate: route.gate, machine: machine,
            deadline: context.began.nanoseconds + context.request.patience.timeAmount.nanoseconds)
        enter(isRetry: false)
    }

    private func enter(isRetry: Bool) {
        guard let sending else { return }
        sending.arrived = moment.nanoseconds
        switch sending.gate.enter(context.gateSlot, at: moment, patience: left(moment), isRetry: isRetry) {
        case .go(let pass): pace(pass, moment)
        case .full: queue(isRetry: isRetry, moment)
        case .refused(let refusal): fail(problem(for: refusal))
        }
    }

    private func queue(isRetry: Bool, _ moment: Moment) {
        guard let sending else { return }
        let back = NIOLoopBound(self, eventLoop: loop)
        let turn = sending.gate.line(context.gateSlot, at: moment) { [loop] in
            loop.execute { back.value.placeFree(isRetry: isRetry) }
        }
        switch turn {
        case .place:
            placeFree(isRetry: isRetry)
        case .waiting(let ticket):
            sending.ticket = ticket
            sending.timer = ground.timers.schedule(left(moment), on: loop) { [self] in
                guard sending.ticket != nil else { return }
                leaveLine()
                fail(tooBusy())
            }
        case .refused(let refusal):
            fail(problem(for: refusal))
        }
    }

    private func placeFree(isRetry: Bool) {
        guard let sending else { return }
        let moment = tick()
        guard !isOver, sending.ticket != nil || sending.timer == nil else {
            // The wait was given up at the very moment the place came.
            return sending.gate.drop(context.gateSlot, at: moment)
        }
        sending.timer?.cancel()
        sending.ticket = nil
        sending.timer = nil
        switch sending.gate.admit(context.gateSlot, at: moment, patience: left(moment), isRetry: isRetry) {
        case .go(let pass): pace(pass, moment)
        case .full: fail(tooBusy())
        case .refused(let refusal): fail(problem(for: refusal))
        }
    }

    /// Waits as long as the limits hold the attempt back.
    private func pace(_ pass: GatePass, _ moment: Moment) {
        guard pass.wait > .zero else { return start(pass, moment) }
        sending?.timer = ground.timers.schedule(pass.wait, on: loop) { [self] in
            let moment = tick()
            guard !isOver, let gate = sending?.gate else { return }
            sending?.timer = nil
            // Refused or not, this pass is no longer the one to be given back.
            sending?.pacing = nil
            switch gate.confirm(pass, at: moment, patience: left(moment)) {
            case .go(let pass): pace(pass, moment)
            case .full: fail(tooBusy())
            case .refused(let refusal): fail(problem(for: refusal))
            }
        }
        sending?.pacing = pass
    }

    private func start(_ pass: GatePass, _ moment: Moment) {
        guard let sending else { return }
        do {
            let charge = try reserveMoney(moment)
            launch(pass, charge, moment) { sending.attempt = $0 }
        } catch {
            sending.gate.giveBack(pass, at: moment)
            return fail(error)
        }
        beginHedging()
    }

    /// Sends the request, or plays a fault in its place.
    ///
    /// - Parameter keep: puts the attempt where it belongs, before anything can be heard of it.
    func launch(_ pass: GatePass, _ charge: BudgetBook.Charge?, _ moment: Moment, keep: (CallAttempt) -> Void) {
        guard let route = context.route, let endpoint = route.endpoint, let sending else { return }
        let times = AttemptTimes(
            route.provider.timeouts, operation: context.operation?.operation.timeout, remaining: left(moment))
        let trailers = keptTrailers
        let head = RequestHead(
            method: context.wire.method, target: context.wire.target, authority: endpoint.authority,
            fields: context.wire.fields, length: trailers == nil ? context.wire.length : .streamed,
            expectsContinue: context.wire.expectsContinue,
            upgrade: context.wire.upgrade)
        let isStreamed = content.phase == .streaming
        let request = ClientRequest(
            endpoint: endpoint, head: head,
            content: isStreamed || trailers != nil ? .streamed : .whole(context.wire.body),
            connectTimeout: times.connect, firstByteTimeout: times.firstByte, timeout: times.total)
        let attempt = CallAttempt(
            walk: self, pass: pass, charge: charge, began: moment.nanoseconds,
            held: moment.nanoseconds - sending.arrived)
        keep(attempt)
        if let fault = ground.dice.fault(
            provider: context.providerName, operation: context.operationName, at: moment.wall)
        {
            play(fault, attempt) { [self] in go(request, attempt) }
        } else {
            go(request, attempt)
        }
    }

    private func go(_ request: consuming ClientRequest, _ attempt: CallAttempt) {
        let target = ground.client.start(request, on: loop, attempt)
        attempt.exchange = target
        if let keptTrailers {
            target.send(context.wire.body)
            target.end(trailers: keptTrailers)
        } else if content.phase == .streaming, target.isWritable {
            providerIsReady(attempt)
        }
    }

    /// What came behind content that was kept whole: it goes on in chunks then, which alone have a place for trailers. Not
    /// where the signature wants a length.
    private var keptTrailers: FieldList? {
        guard content.isWhole, let trailers = content.trailers, !trailers.isEmpty else { return nil }
        if case .aws = context.route?.provider.auth { return nil }
        return trailers
    }

    /// The streamed content may go on.
    func providerIsReady(_ attempt: CallAttempt) {
        guard !isOver, content.phase == .streaming, let target = attempt.exchange else { return }
        if context.wire.body.readableBytes > 0 {
            target.send(context.wire.body)
            context.wire.body = ByteBuffer()
        }
        if context.wire.expectsContinue {
            exchange.sendContinue()
            context.wire.expectsContinue = false
        }
        if content.isEnded { return target.end(trailers: content.trailers) }
        if target.isWritable { resumeCaller() }
    }

    func providerFailed(_ attempt: CallAttempt, _ error: ClientError) {
        guard !isOver, let gate = sending?.gate else { return }
        let moment = tick()
        let after = Duration.nanoseconds(moment.nanoseconds - attempt.began)
        gate.report(attempt.pass, .failed(error, after: after), at: moment)
        gate.leave(attempt.pass, at: moment)
        settleMoney(attempt, wasSent: error.wasSent)
        context.providerNanoseconds += moment.nanoseconds - attempt.began
        if attempt.head == nil, !counts(attempt, isGood: false, moment) {
            return note(attempt, status: nil, .failed, reason: RetryMachine.words(for: error), moment)
        }
        sending?.attempt = nil
        if answer.hasBegun { return fail(error) }
        if attempt.next != nil { return again(attempt, moment) }
        if error.wasSent { context.mayHaveHappened = true }
        context.response = nil
        let left = left(moment)
        let action = sending?.machine.after(
            .failed(error), remaining: left, jitter: ground.jitter.next(),
            spend: { gate.spendRetry(at: moment) })
        switch action {
        case .again(let wait, let reason):
            attempt.next = (wait, reason)
            note(attempt, status: nil, .retried, reason: reason, waited: wait, moment)
            again(attempt, moment)
        case .giveUp(let stop):
            note(attempt, status: nil, .failed, reason: stop.reason, moment)
            fail(problem(for: error))
        case .answer, nil:
            note(attempt, status: nil, .failed, reason: error.reason.rawValue, moment)
            fail(problem(for: error))
        }
    }

    /// Waits, without a place, for the next attempt.
    func again(_ attempt: CallAttempt, _ moment: Moment) {
        guard let next = attempt.next else { return }
        sending?.attempt = nil
        guard next.after > .zero else { return enter(isRetry: true) }
        sending?.timer = ground.timers.schedule(next.after, on: loop) { [self] in
            sending?.timer = nil
            tick()
            if !isOver { enter(isRetry: true) }
        }
    }

    /// Writes the try down and tells who listens.
    func note(
        _ attempt: CallAttempt, status: Int?, _ outcome: CallTry.Outcome, reason: String?, waited: Duration = .zero,
        _ moment: Moment
    ) {
        let made = CallTry(
            number: context.tries.count + (context.lastTry == nil ? 1 : 2), at: moment.wall, status: status,
            outcome: outcome, milliseconds: Double(moment.nanoseconds - attempt.began) / 1_000_000,
            heldMilliseconds: Double(attempt.held) / 1_000_000, waitedMilliseconds: waited.milliseconds, reason: reason)
        if let last = context.lastTry { context.tries.append(last) }
        context.lastTry = made
        onTry?(made)
    }

    /// Gives everything back that an attempt under way holds. Called at the call's end.
    func stopSending() {
        guard let sending else { return }
        let moment = tick()
        sending.timer?.cancel()
        leaveLine()
        if let pass = sending.pacing { sending.gate.giveBack(pass, at: moment) }
        if let attempt = sending.attempt, attempt.head == nil, attempt.exchange?.wasSent == true {
            context.mayHaveHappened = true
        }
        letGo(sending.attempt, moment)
        sending.hedgeTimer?.cancel()
        letGo(sending.second, moment)
        sending.second = nil
        sending.attempt = nil
        sending.pacing = nil
        sending.timer = nil
    }

    /// Where the place has become ours at this very moment, its message is on its way here and `placeFree` gives it back.
    private func leaveLine() {
        guard let sending, let ticket = sending.ticket else { return }
        sending.ticket = nil
        _ = sending.gate.giveUp(ticket)
    }

    func left(_ moment: Moment) -> Duration {
        .nanoseconds(max(0, (sending?.deadline ?? 0) - moment.nanoseconds))
    }

    func reserveMoney(_ moment: Moment) throws(Problem) -> BudgetBook.Charge? {
        guard let cost = context.operation?.operation.cost, let caller = context.caller else { return nil }
        switch ground.budgets.withLock({ $0.reserve(cost, tenant: caller.tenant, at: moment.wall) }) {
        case .free:
            return nil
        case .reserved(let charge):
            return charge
        case .exceeded(let refusal):
            throw context.problem(
                "budget_spent", .caller, 429, "The day's budget is spent", "The budget for today is used up.",
                after: refusal.retryAfter, advice: "Raise budgets in footing.yaml, or wait until midnight UTC.")
        }
    }

    func settleMoney(_ attempt: CallAttempt, wasSent: Bool) {
        guard let charge = attempt.charge else { return }
        attempt.charge = nil
        ground.budgets.withLock { $0.settle(charge, wasSent: wasSent) }
    }
}
