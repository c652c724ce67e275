import Access
import Contracts
import Inventory
import NIOCore
import Store
import Synchronization
import Wire

/// One call on its way through the corridor, confined to one event loop.
///
/// Each stage either goes on at once or waits for one thing: the store, the caller's content, a place at the provider, a timer, the
/// provider. Everything that can happen while it waits is a method of this type; after the end nothing has an effect any more.
final class CallWalk {
    let ground: CorridorGround
    let loop: any EventLoop
    let state: LoopState
    let exchange: any ServerExchange
    /// The same exchange where the caller is inside the process.
    let local: LocalExchange?
    let onTry: ((CallTry) -> Void)?
    let context: CallContext
    /// When the event came that is being worked on.
    private(set) var moment: Moment
    var progress: StageProgress

    var content = ContentState()
    var callerPass: CallerPass?
    var sending: Sending?
    var answer = AnswerState()
    var isOver = false

    init(
        ground: CorridorGround, exchange: any ServerExchange, local: LocalExchange?, request: consuming CallRequest,
        onTry: ((CallTry) -> Void)? = nil
    ) {
        self.ground = ground
        self.exchange = exchange
        self.local = local
        self.onTry = onTry
        loop = exchange.eventLoop
        state = ground.states.state(of: exchange.eventLoop)
        moment = ground.now()
        context = CallContext(request, ids: ground.ids, began: moment)
        progress = StageProgress(moment.nanoseconds)
    }

    /// Begins to walk.
    func start() {
        let table = ground.table.withLock { $0 }
        state.adoptControls(of: ground, table.gates)
        answer.language = table.project.language
        do {
            try Recognise(table: table).run(context)
            close(.recognise)
            if let caller = context.caller {
                try callerKnown(caller)
            } else {
                try recogniseCaller(Authorise().presented(context))
            }
        } catch {
            fail(error)
        }
    }

    private func recogniseCaller(_ token: String) throws {
        if let verdict = state.callers.verdict(token, at: moment) {
            try callerKnown(verdict.caller())
            return
        }
        hop { [tokens = ground.tokens] in
            try await tokens.verify(token)
        } then: { walk, verdict in
            guard !walk.isOver else { return }
            do { try walk.callerKnown(verdict.get().caller()) } catch { walk.fail(error) }
        }
    }

    private func callerKnown(_ caller: Caller) throws {
        try Authorise().allow(caller, context)
        close(.authorise)
        switch ground.callers.enter(
            token: caller.id, tenant: caller.tenant, address: state.address(exchange.remoteAddress), at: moment)
        {
        case .go(let pass):
            callerPass = pass
            answer.limit = pass.numbers
        case .refused(let refusal):
            answer.limit = refusal.numbers
            throw Admit.problem(for: refusal)
        }
        close(.admit)
        try CheckRequest().checkTarget(context, state.scratch)
        try gatherContent()
    }

    /// The content is as complete as the stages before sending need it.
    func contentReady() {
        do {
            if content.isWhole { try CheckRequest().checkContent(context, state.scratch) }
            close(.checkRequest)
            if context.operation?.operation.latency == .slow, context.request.mayDefer, content.isWhole {
                return makeTask()
            }
            try askForApproval()
        } catch {
            fail(error)
        }
    }

    private func makeTask() {
        guard let caller = context.caller else { return }
        let input = CheckRequest().typedInput(context)
        if let local {
            finish(status: 202)
            return local.finish(.deferred(operation: context.operationName, input: input, caller: caller))
        }
        guard let deferral = ground.deferral else { return }
        let request = context.request
        let operation = context.operationName
        hop {
            try await deferral.submit(
                provider: request.provider, operation: operation, input: input, caller: caller,
                idempotencyKey: request.idempotencyKey, requestID: request.requestID)
        } then: { walk, answer in
            guard !walk.isOver else { return }
            do {
                let (head, body) = try answer.get()
                walk.exchange.answer(MapAnswer.head(head, requestID: request.requestID), body)
                walk.finish(status: head.status)
            } catch {
                walk.fail(error)
            }
        }
    }

    private func askForApproval() throws {
        guard let gate = ground.approvals, context.risk != .read, let operation = context.operation?.operation,
            let provider = context.route?.provider, let caller = context.caller
        else { return try remember() }
        hop {
            await gate.objection(to: operation, of: provider, by: caller)
        } then: { walk, objection in
            guard !walk.isOver else { return }
            do {
                if let problem = try objection.get() { throw problem }
                try walk.remember()
            } catch {
                walk.fail(error)
            }
        }
    }

    private func remember() throws {
        close(.ask)
        guard let intent = Remember(node: ground.node).intent(context) else {
            close(.remember)
            return try consultCache()
        }
        let mayRepeat = intent.providerKey != nil && intent.key != nil
        hop { [intents = ground.intents] in
            try await intents.begin(intent, mayRepeat: mayRepeat)
        } then: { walk, start in
            walk.remembered(start, intent)
        }
    }

    private func remembered(_ start: Result<IntentStart, any Error>, _ intent: NewIntent) {
        do {
            let replay = try Remember(node: ground.node).resume(start.get(), intent, context)
            guard !isOver else { return settle(.noEffect) }
            close(.remember)
            guard let replay else { return try sign() }
            deliver(replay.head, ByteBuffer(bytes: replay.answer.body ?? []))
        } catch {
            if !isOver { fail(error) }
        }
    }

    func sign() throws {
        do {
            try Sign(secrets: state.secrets).run(context, at: moment)
        } catch {
            if let refusal = context.route?.gate.switchedOffRefusal { throw problem(for: refusal) }
            throw error
        }
        close(.sign)
        send()
    }

    /// Runs the work off the loop and comes back with its result; the walk waits for it and always hears of its end.
    func hop<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value,
        then: @escaping (CallWalk, Result<Value, any Error>) -> Void
    ) {
        let back = NIOLoopBound((walk: self, then: then), eventLoop: loop)
        loop.makeFutureWithTask(work).whenComplete { result in
            back.value.walk.tick()
            back.value.then(back.value.walk, result)
        }
    }

    /// A new event has come.
    @discardableResult
    func tick() -> Moment {
        moment = ground.now()
        return moment
    }

    func close(_ stage: CallStage) {
        context.stages.add(progress.pass(ground.clock.uptimeNanoseconds()), to: stage)
    }
}

/// Where the time of the stages goes.
struct StageProgress {
    private var mark: Int64

    init(_ began: Int64) {
        mark = began
    }

    /// Nanoseconds since the last stage ended.
    mutating func pass(_ now: Int64) -> Int64 {
        defer { mark = now }
        return now - mark
    }
}
