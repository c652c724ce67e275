package import Access
import Contracts
import HTTPTypes
import Inventory
import NIOCore
package import Store
import Synchronization

/// The way of a call: every request to a provider, from whomever, walks these stages in this order.
///
/// ```
/// recognise > authorise > admit > check request > ask > remember > sign > send > check answer > map
/// ```
/// Each stage is one type in `Stages/`, testable alone. A stage that objects throws a `Problem`. Whatever happens, one record goes to the sink.
package final class Corridor: Sendable {
    private let table: Mutex<RouteTable>
    private let authorise: Authorise
    private let admit = Admit()
    private let ask: Ask
    private let remember: Remember
    private let sign: Sign
    private let send: Send
    private let clock: any WallClock
    private let ids: any IDSource
    private let sink: any CallSink
    private let secrets: any SecretStore

    package init(
        table: RouteTable, tokens: TokenAuthority, secrets: any SecretStore, store: any CallStore,
        client: any HTTPSender, sink: any CallSink, approvals: (any ApprovalGate)? = nil, clock: any WallClock,
        ids: any IDSource, jitter: any Jitter = SystemJitter()
    ) {
        self.table = Mutex(table)
        authorise = Authorise(tokens: tokens)
        ask = Ask(gate: approvals)
        remember = Remember(store: store)
        sign = Sign(secrets: secrets)
        send = Send(client: client, clock: clock, jitter: jitter)
        self.clock = clock
        self.ids = ids
        self.sink = sink
        self.secrets = secrets
    }

    /// The routes in force.
    package var routes: RouteTable { table.withLock { $0 } }

    /// Makes the call. Throws `Problem` for every failure and `CancellationError` when the caller left.
    ///
    /// - Parameter onTry: told of each attempt when it has ended.
    package func call(
        _ request: CallRequest, onTry: @escaping @Sendable (CallTry) async -> Void = { _ in }
    ) async throws -> CallResult {
        var context = CallContext(
            request: request, id: ids.next("c_"), startedAt: clock.now(), startedUptime: clock.uptime(), onTry: onTry)
        do {
            try await walk(&context)
            if let input = context.deferredInput, let caller = context.caller {
                return .deferred(operation: context.operationName, input: input, caller: caller)
            }
            guard let answer = context.answer else { throw CancellationError() }
            await finish(context, problem: nil)
            return .answer(answer)
        } catch {
            let problem = Self.problem(for: error, context)
            await finish(context, problem: problem)
            if error is CancellationError { throw error }
            throw problem
        }
    }

    private func walk(_ context: inout CallContext) async throws {
        let recognise = Recognise(table: routes)
        try await stage("recognise", &context) { try recognise.run(&$0) }
        try await stage("authorise", &context) { try await authorise.run(&$0) }
        try await stage("admit", &context) { try admit.run(&$0, now: clock.uptime()) }
        defer { if let caller = context.caller { admit.leave(caller) } }
        try await stage("check request", &context) { try CheckRequest().run(&$0) }
        if context.deferredInput != nil { return }
        try await stage("ask", &context) { try await ask.run(&$0) }
        var decision = Remember.Decision.send
        defer { remember.leave(context) }
        try await stage("remember", &context) { decision = try await remember.run(&$0) }
        if case .replay(let status, let body) = decision {
            context.answer = CallAnswer(
                status: status, headers: [.contentType: "application/json"], body: ByteBuffer(bytes: body.encoded()),
                json: body)
            return
        }
        try await stage("sign", &context) { try await sign.run(&$0) }
        do {
            try await stage("send", &context) { try await send.run(&$0) }
            try await stage("check answer", &context) { try CheckAnswer().run(&$0) }
            try await stage("map", &context) { try MapAnswer().run(&$0) }
        } catch {
            try await remember.settle(context, outcome: Self.outcome(of: context), at: clock.now())
            throw error
        }
        let body = context.answer?.json ?? .null
        try await remember.settle(
            context, outcome: .answered(status: context.answer?.status ?? 200, body: body), at: clock.now())
    }

    private func stage(
        _ name: String, _ context: inout CallContext, _ body: (inout CallContext) async throws -> Void
    ) async throws {
        let began = clock.uptime()
        defer { context.stages.append((name, (clock.uptime() - began).milliseconds)) }
        try await body(&context)
    }

    /// What is known about a write that did not end in an answer for the caller.
    private static func outcome(of context: CallContext) -> Remember.Outcome {
        if let response = context.response, (200..<400).contains(response.status) {
            return .answered(status: response.status, body: context.json ?? .null)
        }
        return context.mayHaveHappened ? .unknown : .noEffect
    }

    private static func problem(for error: any Error, _ context: CallContext) -> Problem {
        switch error {
        case let problem as Problem:
            var problem = problem
            problem.provider = problem.provider ?? context.providerName
            problem.operation = problem.operation ?? context.operationName
            return problem
        case is CancellationError:
            return context.problem("caller_left", .caller, 499, "The caller left", "The request was cancelled.")
        case let error as StoreError where error.code == .full:
            return context.problem(
                "store_full", .footing, 507, "Footing's disk is full", "This cannot be saved at the moment.",
                retryable: true,
                advice: error.reason, log: error.description)
        default:
            return context.problem(
                "internal", .footing, 500, "Something failed inside Footing", "Something went wrong on our side.",
                retryable: true,
                log: "\(error)")
        }
    }

    private func finish(_ context: CallContext, problem: Problem?) async {
        let now = clock.now()
        let endedUptime = clock.uptime()
        let record = CallRecord(context, problem: problem, endedUptime: endedUptime, scrubber: await secrets.scrubber())
        sink.finished(record)
        if !context.drift.isEmpty {
            sink.drifted(
                provider: context.providerName, operation: context.operationName, findings: context.drift, at: now)
        }
    }
}
