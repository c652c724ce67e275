import Contracts
import Gateway
import Inventory
import Store

/// Tries one operation and gathers the cases.
struct OperationProof {
    let project: Project
    let provider: Provider
    let route: OperationRoute
    /// The provider as it is played.
    let stage: RouteTable
    let recorded: [RecordedExample]
    let calls: any ProofCalls
    let ground: ProofGround
    /// Whether writes may be called.
    let mayWrite: Bool
    private(set) var cases: [ProofCase] = []
    /// Whether a payload was judged: an answer that came, or one that was recorded.
    private var hasEvidence = false
    /// Whether the operation can be called at all, as far as is known.
    private var isReachable = true

    /// Most edges that are called for real.
    private static let calledEdges = 16
    /// Most edges that are played, of each part of the request.
    private static let playedEdges = 40
    private static let replays = 8

    init(
        project: Project, provider: Provider, route: OperationRoute, stage: RouteTable, recorded: [RecordedExample],
        calls: any ProofCalls, ground: ProofGround, mayWrite: Bool
    ) {
        self.project = project
        self.provider = provider
        self.route = route
        self.stage = stage
        self.recorded = recorded
        self.calls = calls
        self.ground = ground
        self.mayWrite = mayWrite
    }

    var operation: Operation { route.operation }
    var subject: String { "\(provider.name).\(operation.name)" }
    private var mayCall: Bool { operation.risk == .read || mayWrite }

    mutating func run() async throws {
        let examples = declared
        for (name, input) in examples { try await declaredExample(name, input) }
        let example = examples.first?.input
        for item in recorded { recordedAnswer(item) }
        try await recordedRequests()
        try await edges(example ?? recorded.first { $0.isRepeatable }?.request)
        if let input = example ?? made {
            try await errorAnswers(input)
            try await rateLimit(input)
        }
        concludeEvidence()
    }

    /// The calls that the inventory declares, or the one that needs no input.
    private var declared: [(name: String, input: JSONValue)] {
        var examples: [(name: String, input: JSONValue)] = []
        for example in operation.examples {
            if let input = try? JSONValue.parse(example.input.text) { examples.append((example.name, input)) }
        }
        if examples.isEmpty, let emptyInput { examples.append(("without input", emptyInput)) }
        return examples
    }

    /// The input of a read that needs none.
    private var emptyInput: JSONValue? {
        let needsNone =
            operation.risk == .read && operation.path.parameters.isEmpty && operation.request.body == nil
            && (route.query?.schema.accepts([:]) ?? true)
        return needsNone ? .some([:]) : .none
    }

    // MARK: examples

    private mutating func declaredExample(_ name: String, _ input: JSONValue) async throws {
        let kind = "declared example"
        guard mayCall else {
            let refusal = try await refusal(of: input)
            return add(
                kind, name, faults: refusal, otherwise: .skipped,
                words: "a \(operation.risk.rawValue): called only with --writes, in the sandbox")
        }
        try await call(kind, name, input)
    }

    /// What Footing objects to in a request that was never sent.
    private func refusal(of input: JSONValue) async throws -> [String] {
        let played = PlayedProvider(status: 500, body: [:])
        let answer = try await play(input, played)
        guard played.requests == 0 else { return [] }
        return ["Footing refuses the declared example: \(Self.words(answer))"]
    }

    private mutating func recordedAnswer(_ example: RecordedExample) {
        guard (200..<300).contains(example.status), let contract = route.response else { return }
        var faults = example.violations(of: contract).prefix(20).map {
            "\($0.instancePointer.isEmpty ? "the answer" : $0.instancePointer) \($0.message)"
        }
        if faults.isEmpty, !example.hasGaps, let model = route.model {
            do { _ = try model.map(example.body) } catch { faults.append("the model cannot be made: \(error.summary)") }
        }
        hasEvidence = true
        add("recorded answer", example.name, faults: faults)
    }

    private mutating func recordedRequests() async throws {
        let kind = "recorded request"
        for example in recorded.prefix(Self.replays) where (200..<300).contains(example.status) {
            guard example.isRepeatable else {
                add(kind, example.name, verdict: .skipped, words: "parts of it were kept back when it was recorded")
                continue
            }
            guard mayCall else {
                add(
                    kind, example.name, verdict: .skipped,
                    words: "a \(operation.risk.rawValue): called only with --writes, in the sandbox")
                continue
            }
            guard isReachable else { continue }
            try await call(kind, example.name, example.request)
        }
    }

    // MARK: edges

    private mutating func edges(_ base: JSONValue?) async throws {
        let parts: [(name: String, contract: Schema?, isText: Bool)] = [
            ("path", route.path?.schema, true), ("query", route.query?.schema, true), ("body", route.body, false),
        ]
        var sets: [(name: String, edges: BoundaryCases)] = []
        for part in parts {
            guard let contract = part.contract else { continue }
            let edges = BoundaryCases(
                contract.json, compiled: contract, seed: base?[part.name], isText: part.isText,
                limit: Self.playedEdges)
            if edges.seed != nil { sets.append((part.name, edges)) }
            if let fault = edges.fault { add("edge", part.name, verdict: .skipped, words: fault) }
        }
        var whole = base ?? [:]
        for (name, edges) in sets where whole[name] == nil { whole[name] = edges.seed }
        for (name, edges) in sets {
            for edge in edges.cases where !edge.isValid {
                try await playInvalid(
                    "\(name)\(edge.name.hasPrefix("/") ? "" : " ")\(edge.name)", with(whole, name, edge.value))
            }
        }
        var called = 0
        for (name, edges) in sets {
            for edge in edges.cases where edge.isValid && called < Self.calledEdges {
                let title = "\(name)\(edge.name.hasPrefix("/") ? "" : " ")\(edge.name)"
                called += 1
                try await callEdge(title, with(whole, name, edge.value), hasBase: base != nil)
            }
        }
    }

    private func with(_ whole: JSONValue, _ name: String, _ value: JSONValue) -> JSONValue {
        var whole = whole
        whole[name] = value
        return whole
    }

    private mutating func playInvalid(_ name: String, _ input: JSONValue) async throws {
        let began = ground.clock.uptimeNanoseconds()
        let played = PlayedProvider(status: 500, body: [:])
        let answer = try await play(input, played)
        var faults: [String] = []
        if played.requests > 0 {
            faults.append("it breaks the contract, and went to the provider all the same")
        } else if !(400..<500).contains(answer.status) || answer.problem?["source"] != "caller" {
            faults.append("it breaks the contract, and the caller is told something else: \(Self.words(answer))")
        }
        add("refused edge", name, faults: faults, since: began)
    }

    private mutating func callEdge(_ name: String, _ input: JSONValue, hasBase: Bool) async throws {
        let kind = "edge"
        guard mayCall else {
            return add(
                kind, name, verdict: .skipped,
                words: "a \(operation.risk.rawValue): called only with --writes, in the sandbox")
        }
        guard project.environment == .sandbox else {
            return add(kind, name, verdict: .skipped, words: "edges are called in the sandbox only")
        }
        guard hasBase else {
            return add(kind, name, verdict: .skipped, words: "there is no example to make it from")
        }
        guard isReachable else {
            return add(kind, name, verdict: .skipped, words: "the example was not answered")
        }
        try await call(kind, name, input, mayBeRefused: true)
    }

    // MARK: calling and judging

    /// - Parameter mayBeRefused: whether an answer of the error map that blames the caller is as agreed.
    private mutating func call(
        _ kind: String, _ name: String, _ input: JSONValue, mayBeRefused: Bool = false
    ) async throws {
        let began = ground.clock.uptimeNanoseconds()
        let key = operation.risk == .read ? nil : ground.ids.next("contract-test-")
        let answer = try await calls.call(provider: provider.name, operation: operation.name, input: input, key: key)
        guard let problem = answer.problem else {
            let faults = breaks(answer)
            if route.response != nil { hasEvidence = true }
            return add(kind, name, faults: faults, since: began)
        }
        switch problem["code"]?.stringValue ?? "" {
        case "secret_missing":
            isReachable = false
            add(
                kind, name, verdict: .unproven, words: "its secret has no value here: \(Self.words(answer))",
                since: began)
        case let code where mayBeRefused && isDeclaredRefusal(code, problem):
            add(kind, name, verdict: .passed, words: "refused as the error map says: \(code)", since: began)
        case let code:
            isReachable = isReachable && !Self.unreachable.contains(code)
            // The problem's log names the first of them.
            let further = answer.findings.filter(\.breaksContract).dropFirst().prefix(20).map(Self.words)
            add(kind, name, faults: [Self.words(answer)] + further, since: began)
        }
    }

    private static let unreachable: Set<String> = [
        "provider_unreachable", "provider_timeout", "provider_unavailable", "provider_off", "provider_refused_key",
    ]

    private func isDeclaredRefusal(_ code: String, _ problem: JSONValue) -> Bool {
        problem["source"] == "caller" && (operation.errors + provider.errors).contains { $0.problemCode == code }
    }

    /// In what an answer that came through departs from what was agreed.
    private func breaks(_ answer: ProofAnswer) -> [String] {
        var faults = answer.findings.filter(\.breaksContract).prefix(20).map(Self.words)
        if route.response != nil, let type = answer.contentType, answer.status != 204 {
            if !JSONMediaType.covers(type) {
                faults.append("the answer's content type is \(type.prefix { $0 != ";" }), not JSON")
            }
        }
        return faults
    }

    private static func words(_ finding: DriftFinding) -> String {
        "\(finding.pointer.isEmpty ? "the answer" : finding.pointer): expected \(finding.expected), seen \(finding.seen)"
    }

    /// What a caller was told, in one line.
    static func words(_ answer: ProofAnswer) -> String {
        guard let problem = answer.problem else { return "answered \(answer.status)" }
        let faults = (problem["errors"]?.arrayValue ?? []).prefix(3).map {
            "\($0["pointer"]?.stringValue ?? "") \($0["message"]?.stringValue ?? "")"
        }
        let details = faults + [answer.log ?? ""].filter { !$0.isEmpty }
        let title =
            "\(answer.status) \(problem["code"]?.stringValue ?? "unknown"), \(problem["title"]?.stringValue ?? "")"
        return details.isEmpty ? title : "\(title) (\(details.joined(separator: "; ")))"
    }

    func play(_ input: JSONValue, _ played: PlayedProvider) async throws -> ProofAnswer {
        try await ground.played(stage, by: played).call(
            provider: provider.name, operation: operation.name, input: input, key: nil, patience: .seconds(2))
    }

    // MARK: cases

    /// Says so where nothing was judged by a payload.
    private mutating func concludeEvidence() {
        guard !hasEvidence, !cases.contains(where: { $0.verdict == .failed }) else { return }
        let words: String
        if route.response == nil {
            words = "no contract says what its answer must be (response: in \(provider.file))"
        } else if operation.examples.isEmpty, recorded.isEmpty, emptyInput == nil {
            words =
                "no example is declared (example: in \(provider.file)) and none is recorded (footing contract record)"
        } else {
            words = "no answer of it was seen: it was not called, and none is recorded"
        }
        add("evidence", "payload", verdict: .unproven, words: words)
    }

    mutating func add(
        _ kind: String, _ name: String, faults: [String], otherwise verdict: ProofVerdict = .passed, words: String = "",
        since began: Int64? = nil
    ) {
        cases.append(
            faults.isEmpty
                ? ProofCase(
                    subject: subject, kind: kind, name: name, verdict: verdict, words: words,
                    duration: time(since: began))
                : ProofCase(subject: subject, kind: kind, name: name, faults: faults, duration: time(since: began)))
    }

    mutating func add(
        _ kind: String, _ name: String, verdict: ProofVerdict, words: String, since began: Int64? = nil
    ) {
        add(kind, name, faults: [], otherwise: verdict, words: words, since: began)
    }

    private func time(since began: Int64?) -> Duration {
        began.map { .nanoseconds(ground.clock.uptimeNanoseconds() - $0) } ?? .zero
    }
}
