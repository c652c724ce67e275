import Access
import Inventory
import NIOCore
import Store
import Wire

extension CallWalk {
    /// Ends the call with a failure: gives everything back, settles what was begun, tells the caller.
    func fail(_ error: any Error) {
        guard !isOver else { return }
        isOver = true
        let problem = problem(for: error)
        stopSending()
        if let cached = staleAnswer(for: problem), !answer.hasBegun { return deliver(cached) }
        guard context.hasIntent else { return tell(problem) }
        settle(outcome) { walk in walk.tell(problem) }
    }

    private func tell(_ problem: Problem) {
        let hasLeft = problem.status == 499
        if let local {
            end(problem)
            return local.fail(hasLeft ? CancellationError() : problem)
        } else if hasLeft {
            // Nobody is there.
        } else if answer.hasBegun {
            // All that can be done is to let the caller notice that the answer is not whole.
            exchange.abort()
        } else {
            let told = ProblemAnswer(problem, requestID: context.request.requestID, limit: answer.limit)
            var head = told.head
            context.fault?.mark(&head.fields)
            exchange.answer(head, told.body)
        }
        end(problem)
    }

    /// Ends the call with an answer that the caller has.
    func finish(status: Int) {
        context.status = status
        end(nil)
    }

    /// Once for each call: whoever comes here has looked at `isOver`.
    private func end(_ problem: Problem?) {
        isOver = true
        if let seat = answer.seat { _ = ground.cache.leave(seat) }
        answer.fetch?.abandon()
        answer.fetch = nil
        if let callerPass { ground.callers.leave(callerPass) }
        callerPass = nil
        report(problem)
    }

    /// What is known about a write that did not end in an answer for the caller.
    private var outcome: IntentOutcome {
        if let (head, body) = context.response, (200..<400).contains(head.status) {
            return .answered(Remember.stored(head, body))
        }
        return context.mayHaveHappened ? .unknown : .noEffect
    }

    /// Keeps a write's outcome; where the store cannot, it is tried again later.
    func settle(_ outcome: IntentOutcome, then: ((CallWalk) -> Void)? = nil) {
        guard context.hasIntent else { return then?(self) ?? () }
        context.hasIntent = false
        let id = context.id
        let moment = moment.wall
        let unsettled = ground.unsettled
        hop { [intents = ground.intents] in
            do {
                _ = try await intents.settle(id, outcome, at: moment)
            } catch {
                unsettled.keep(id, outcome)
            }
        } then: { walk, _ in
            then?(walk)
        }
    }

    private func report(_ problem: Problem?) {
        let moment = tick()
        if ground.recorder.mayWant, problem == nil { recordExample() }
        if let kind = context.plainKind(problem) {
            let facts = CallFacts(
                kind, slot: context.operation?.tallySlot ?? context.route?.undeclaredTallySlot ?? 0, at: moment.wall,
                totalMicroseconds: Int((moment.nanoseconds - context.began.nanoseconds) / 1000),
                providerMicroseconds: Int(context.providerNanoseconds / 1000))
            guard ground.sink.tally(facts) else { return }
        }
        let scrubber = ground.secrets.currentScrubber()
        ground.sink.finished(CallRecord(context, problem: problem, ended: moment, scrubber: scrubber))
        if !context.drift.isEmpty {
            ground.sink.drifted(DriftReport(context, scrubber: scrubber, at: moment.wall))
        }
    }
}

extension CallContext {
    /// What kind of call this was, if it left nothing that its ledger row must tell.
    ///
    /// A write that may have reached the provider always has its row, and so has all that Footing or the provider got wrong.
    fileprivate func plainKind(_ problem: Problem?) -> CallFacts.Kind? {
        guard tries.isEmpty, drift.isEmpty, notes.isEmpty, request.origin == nil else { return nil }
        guard let problem else { return risk == .read ? .read : nil }
        guard problem.source == .caller else { return nil }
        let mayHaveReached = lastTry != nil || mayHaveHappened || problem.status == 499
        return risk == .read || !mayHaveReached ? .refused : nil
    }
}
