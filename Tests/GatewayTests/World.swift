import Access
import Contracts
import Crypto
import Inventory
import NIOCore
import NIOPosix
import Store
import Synchronization
import TestSupport
import Testing
import Wire

@testable import Gateway

/// A corridor with a real store and a vendor made of prepared answers.
struct World: Sendable {
    let corridor: Corridor
    let vendor = PreparedVendor()
    let sink = RecordingSink()
    let clock = ManualClock()
    let store: SQLiteStore
    let tokens: TokenAuthority
    let caller: Caller
    private let folder: TemporaryFolder

    init(
        scopes: [String] = ["call:rents.*", "call:nobody.*"], environment: EnvironmentName = .sandbox,
        attempts: Int = 3, breakerMinimum: Int = 100,
        secrets: [String: String] = ["rents-key": "vendor-secret-1"]
    ) async throws {
        folder = try TemporaryFolder()
        store = try SQLiteStore.open(path: folder.path + "/state.db")
        let ids = SequentialIDs()
        tokens = TokenAuthority(store: store, ids: ids, clock: clock)
        caller = Caller(id: "t_1", name: "app", tenant: "main", scopes: try scopes.map { try Scope(parsing: $0) })
        let key = MasterKey(key: SymmetricKey(size: .bits256), origin: "test")
        let secretStore = try EmbeddedSecretStore(folder: folder.path, key: key, clock: clock)
        for (name, value) in secrets { _ = try await secretStore.set(name, value) }
        let project = Project(
            name: "test", environment: environment,
            providers: [try Self.rents(attempts: attempts, breakerMinimum: breakerMinimum)], folder: folder.path)
        let (table, findings) = RouteTable.compile(project)
        try #require(findings.isEmpty, "\(findings)")
        var parts = CorridorParts(
            tokens: tokens, secrets: secretStore, intents: store, client: vendor, sink: sink,
            unsettled: UnsettledWrites(store: store), controls: ControlBoard(store: store, clock: clock, ids: ids),
            clock: clock,
            ids: ids, node: "n_1")
        parts.jitter = FullJitter()
        parts.timers = ManualTimers(clock: clock)
        corridor = Corridor(table: table, parts: parts, group: MultiThreadedEventLoopGroup.singleton)
    }

    func request(
        _ operation: String, _ input: JSONValue, provider: String = "rents", key: String? = nil, mayDefer: Bool = false
    ) -> CallRequest {
        CallRequest(
            provider: provider, target: .typed(operation: operation, input: input), credential: .known(caller),
            requestID: "r_1",
            idempotencyKey: key, mayDefer: mayDefer)
    }

    func call(
        _ operation: String, _ input: JSONValue, provider: String = "rents", key: String? = nil,
        onTry: @escaping @Sendable (CallTry) async -> Void = { _ in }
    ) async throws -> CallAnswer {
        let result = try await corridor.call(request(operation, input, provider: provider, key: key), onTry: onTry)
        guard case .answer(let answer) = result else { throw Unexpected() }
        return answer
    }

    static func passThrough(
        _ method: String, _ target: String, _ fields: FieldList = [:]
    ) throws -> CallRequest.Target {
        let head = RequestHead(method: method, target: target, authority: "localhost", fields: fields)
        return .passThrough(WireRequest(head, try #require(CallTarget(target))))
    }

    @discardableResult
    func expect(
        _ code: String, _ status: Int, _ source: Problem.Source, location: SourceLocation = #_sourceLocation,
        _ body: () async throws -> Any
    ) async throws -> Problem {
        do {
            _ = try await body()
        } catch let problem as Problem {
            #expect(problem.code == code, "\(problem)", sourceLocation: location)
            #expect(problem.status == status, sourceLocation: location)
            #expect(problem.source == source, sourceLocation: location)
            return problem
        }
        Issue.record("expected the problem \(code)", sourceLocation: location)
        throw Unexpected()
    }

    /// A contract that marks what is personal.
    static let tenant = #"""
        {"type": "object", "required": ["id"], "properties": {
            "id": {"type": "string"}, "kind": {"enum": ["owner"]}, "rank": {"enum": ["dr"], "x-personal": true},
            "mail": {"type": "string", "format": "email", "x-personal": true},
            "income": {"type": "integer", "maximum": 10, "x-personal": true},
            "pin": {"type": "string", "pattern": "^[0-9]{4}$"},
            "debts": {"type": "object", "additionalProperties": {"type": "integer"}},
            "flats": {"type": "array", "items": {"type": "object", "properties": {"nr": {"type": "integer"}}}}}}
        """#

    private static func rents(attempts: Int, breakerMinimum: Int) throws -> Provider {
        func source(_ text: String) -> JSONSource { JSONSource(text: text, file: "rents.yaml", line: 1) }
        let origin = ServiceURL(scheme: .http, host: "127.0.0.1", port: 9)
        return Provider(
            name: "rents", title: "Rents",
            environments: [.sandbox: ProviderEnvironment(url: origin), .production: ProviderEnvironment(url: origin)],
            auth: .bearer("rents-key"),
            retries: RetryRules(attempts: attempts, base: .milliseconds(100), max: .seconds(1)),
            breaker: BreakerRules(failures: 0.5, minimum: breakerMinimum, window: .seconds(30), open: .seconds(5)),
            errors: [
                ErrorRule(
                    status: 404, problemCode: "area_unknown", text: "We have no rents for this neighbourhood.",
                    isCaller: true)
            ],
            operations: [
                Operation(
                    name: "get", method: "GET", path: try PathTemplate("/v1/rents/{area}"),
                    request: RequestContract(
                        query: nil,
                        path: source(#"{"type": "object", "properties": {"area": {"pattern": "^[a-z-]+$"}}}"#),
                        body: nil),
                    response: source(
                        #"{"type": "object", "required": ["median_rent"], "properties": {"median_rent": {"type": "number"}, "area": {"type": "object", "properties": {"id": {}, "name": {}}}}}"#
                    ),
                    model: source(#"{"rent": "$.median_rent", "name": "$.area.name"}"#)),
                Operation(
                    name: "create-watch", method: "POST", path: try PathTemplate("/v1/watches"), risk: .write,
                    idempotencyHeader: "Idempotency-Key"),
                Operation(name: "unsafe-write", method: "POST", path: try PathTemplate("/v1/unsafe"), risk: .write),
                Operation(
                    name: "areas", method: "GET", path: try PathTemplate("/v1/areas"),
                    response: source(#"{"type": "object", "properties": {"areas": {"type": "array"}}}"#),
                    responses: [
                        AnswerContract(status: "4xx", schema: source(#"{"type": "object", "required": ["code"]}"#))
                    ],
                    drift: DriftRules(breaks: .alert, kinds: [.unknownField: .ignore])),
                Operation(
                    name: "tenant", method: "POST", path: try PathTemplate("/v1/tenant"), risk: .read,
                    request: RequestContract(
                        query: nil, path: nil,
                        body: source(#"{"properties": {"mail": {"type": "string", "x-personal": true}}}"#)),
                    response: source(Self.tenant)),
                Operation(
                    name: "matrix", method: "POST", path: try PathTemplate("/v2/matrix"), risk: .read, latency: .slow),
            ])
    }
}

struct Unexpected: Error {}

struct FullJitter: Jitter {
    func next() -> Double { 1 }
}

/// Gives prepared answers in order.
final class PreparedVendor: ProviderClient {
    enum Answer {
        case whole(ResponseHead, ByteBuffer)
        case failure(ClientError)
        /// The test speaks for the vendor.
        case silent
    }

    private struct State {
        var answers: [Answer] = []
        var requests: [ClientRequest] = []
    }

    private let state = Mutex(State())
    private let asked: AsyncStream<NIOLoopBound<PreparedExchange>>
    private let ask: AsyncStream<NIOLoopBound<PreparedExchange>>.Continuation

    init() {
        (asked, ask) = AsyncStream.makeStream()
    }

    var requests: [ClientRequest] { state.withLock { $0.requests } }

    func answer(_ status: Int, _ body: String, _ fields: FieldList = [:]) {
        var fields = fields
        fields.append(.contentType, "application/json")
        let body = ByteBuffer(string: body)
        let head = ResponseHead(status: status, fields: fields, length: .exactly(body.readableBytes))
        state.withLock { $0.answers.append(.whole(head, body)) }
    }

    func fail(_ error: ClientError) {
        state.withLock { $0.answers.append(.failure(error)) }
    }

    /// The next exchange that the test speaks for, once the call has come as far.
    func nextSilent() async throws -> NIOLoopBound<PreparedExchange> {
        for await exchange in asked { return exchange }
        throw Unexpected()
    }

    func staySilent() {
        state.withLock { $0.answers.append(.silent) }
    }

    func start(
        _ request: ClientRequest, on loop: any EventLoop, _ delegate: any ClientExchangeDelegate
    ) -> any ClientExchange {
        let exchange = PreparedExchange(delegate)
        let bound = NIOLoopBound(exchange, eventLoop: loop)
        let answer = state.withLock { state -> Answer in
            state.requests.append(request)
            let answer =
                state.answers.isEmpty
                ? .failure(ClientError(.unreachable, wasSent: false)) : state.answers.removeFirst()
            return answer
        }
        loop.execute {
            bound.value.give(answer)
            if case .silent = answer { self.ask.yield(bound) }
        }
        return exchange
    }
}

/// An exchange with a prepared vendor.
final class PreparedExchange: ClientExchange {
    private(set) var delegate: (any ClientExchangeDelegate)?
    private(set) var sent = ByteBuffer()
    private(set) var isCancelled = false
    private(set) var isPaused = false
    private(set) var trailers: FieldList?
    let isWritable = true
    let wasSent = true

    init(_ delegate: any ClientExchangeDelegate) {
        self.delegate = delegate
    }

    func give(_ answer: PreparedVendor.Answer) {
        switch answer {
        case .whole(let head, let body):
            delegate?.providerAnswered(head)
            if body.readableBytes > 0 { delegate?.providerSent(body) }
            delegate?.providerFinished(trailers: nil)
        case .failure(let error):
            delegate?.providerFailed(error)
        case .silent:
            delegate?.providerIsReady()
        }
    }

    func send(_ content: ByteBuffer) { sent.writeImmutableBuffer(content) }
    func end(trailers: FieldList?) { self.trailers = trailers }
    func pause() { isPaused = true }
    func resume() { isPaused = false }
    func liftTimeout(silence: Duration) {}

    func cancel() {
        isCancelled = true
        delegate = nil
    }
}

/// Timers that follow the test's clock.
struct ManualTimers: Timers {
    let clock: ManualClock

    func schedule(_ delay: Duration, on loop: any EventLoop, _ work: @escaping () -> Void) -> any Gateway.Timer {
        let bound = NIOLoopBound(work, eventLoop: loop)
        // Ends when the clock has moved on, or when it is cancelled.
        let task = Task { [clock] in
            try await clock.sleep(for: delay)
            loop.execute { bound.value() }
        }
        return ManualTimer(task: task)
    }

    private struct ManualTimer: Gateway.Timer {
        let task: Task<Void, any Error>

        func cancel() { task.cancel() }
    }
}

/// Keeps what the corridor reports.
final class RecordingSink: CallSink {
    private struct State {
        var calls: [CallRecord] = []
        var drift: [DriftFinding] = []
        var actions: [DriftAction] = []
        var facts: [CallFacts] = []
        var payload: JSONValue?
    }

    private let state = Mutex(State())

    var calls: [CallRecord] { state.withLock { $0.calls } }
    var drift: [DriftFinding] { state.withLock { $0.drift } }
    var actions: [DriftAction] { state.withLock { $0.actions } }
    /// What the last drifting call would leave.
    var payload: JSONValue? { state.withLock { $0.payload } }
    /// Of calls that could do without a row; every row is wanted here all the same.
    var facts: [CallFacts] { state.withLock { $0.facts } }

    func tally(_ facts: CallFacts) -> Bool {
        state.withLock { $0.facts.append(facts) }
        return true
    }

    func finished(_ call: CallRecord) {
        state.withLock { $0.calls.append(call) }
    }

    func drifted(_ report: DriftReport) {
        let payload = report.findings.first.flatMap { report.payload($0.finding.side) }
        state.withLock {
            $0.drift += report.findings.map(\.finding)
            $0.actions += report.findings.map(\.action)
            $0.payload = payload
        }
    }
}
