import Contracts
import Gateway
import Inventory
import Store
import Synchronization
import TestSupport
import Testing

@testable import Server

/// Answers every call of a contract test as the test says.
private final class PreparedCalls: ProofCalls {
    private let answer: ProofAnswer
    private let asked = Mutex<[String]>([])

    init(_ answer: ProofAnswer = ProofAnswer(status: 200, contentType: "application/json")) {
        self.answer = answer
    }

    var names: [String] { asked.withLock { $0 } }

    func call(provider: String, operation: String, input: JSONValue, key: String?) async throws -> ProofAnswer {
        asked.withLock { $0.append("\(provider).\(operation) \(input.text)") }
        return answer
    }
}

@Suite("Contract test")
struct ContractTestTests {
    private let folder: TemporaryFolder
    private let ground: ProofGround

    init() throws {
        folder = try TemporaryFolder()
        let clock = ManualClock()
        ground = ProofGround(
            store: try SQLiteStore.open(path: folder.file("state.db")), clock: clock, ids: SequentialIDs())
    }

    private func source(_ text: String) -> JSONSource { JSONSource(text: text, file: "rents.yaml", line: 1) }

    private func operation(
        _ name: String = "get", risk: Risk = .read, response: String? = #"{"type": "object", "required": ["rent"]}"#,
        example: String? = #"{"query": {"q": "x"}}"#
    ) throws -> Operation {
        Operation(
            name: name, method: risk == .read ? "GET" : "POST", path: try PathTemplate("/v1/\(name)"), risk: risk,
            request: RequestContract(
                query: source(
                    #"{"type": "object", "required": ["q"], "properties": {"q": {"type": "string", "minLength": 1, "maxLength": 3}}}"#
                )),
            response: response.map(source), model: source(#"{"rent": "$.rent"}"#), example: example.map(source))
    }

    private func run(
        _ operation: Operation, calls: PreparedCalls = PreparedCalls(), errors: [ErrorRule] = [],
        recorded: [RecordedExample] = [], writes: Bool = false, environment: EnvironmentName = .sandbox
    ) async throws -> ProofReport {
        let origin = ServiceURL(scheme: .http, host: "127.0.0.1", port: 9)
        let provider = Provider(
            name: "rents", environments: [.sandbox: ProviderEnvironment(url: origin)],
            auth: .query(name: "key", secret: SecretName("rents-key")), errors: errors, operations: [operation])
        let project = Project(name: "test", environment: environment, providers: [provider])
        let test = ContractTest(
            RouteTable.compile(project).table, recorded: ["rents.\(operation.name)": recorded], calls: calls,
            ground: ground, options: .init(writes: writes))
        return try await test.run()
    }

    private func verdicts(_ report: ProofReport, _ kind: String) -> [ProofVerdict] {
        report.cases.filter { $0.kind == kind }.map(\.verdict)
    }

    @Test(
        "an example that is answered as agreed proves the operation; its edges are called, what lies beyond is refused")
    func proven() async throws {
        let calls = PreparedCalls()
        let report = try await run(operation(), calls: calls)
        #expect(report.verdict == .passed)
        #expect(calls.names == [#"rents.get {"query":{"q":"x"}}"#, #"rents.get {"query":{"q":"xxx"}}"#])
        #expect(verdicts(report, "refused edge") == [.passed, .passed, .passed])
        #expect(Set(report.cases.map { "\($0.kind) \($0.name)" }).count == report.cases.count)
    }

    @Test("without example, recording or contract an operation is unproven, never passed")
    func unproven() async throws {
        #expect(try await run(operation(example: nil)).verdict == .unproven)
        #expect(try await run(operation(response: nil)).verdict == .unproven)
        let secret = ProofAnswer(status: 503, problem: ["code": "secret_missing", "source": "footing"])
        #expect(try await run(operation(), calls: PreparedCalls(secret)).verdict == .unproven)
    }

    @Test("an answer that breaks the contract fails, and so does one that is no JSON or no success")
    func failures() async throws {
        let contract = try Schema.compile(["required": ["rent"]])
        let broken = ProofAnswer(
            status: 200, contentType: "application/json", findings: Drift.findings(schema: contract, document: [:]))
        for answer in [
            broken, ProofAnswer(status: 200, contentType: "text/html"),
            ProofAnswer(status: 502, problem: ["code": "provider_rejected", "source": "provider"]),
        ] {
            let report = try await run(operation(), calls: PreparedCalls(answer))
            #expect(report.verdict == .failed)
            #expect(verdicts(report, "declared example") == [.failed])
        }
    }

    @Test("an edge may be refused in the words of the error map, an example may not")
    func refusals() async throws {
        let answer = ProofAnswer(status: 404, problem: ["code": "unknown_area", "source": "caller"])
        let rule = ErrorRule(status: 404, problemCode: "unknown_area", text: "We do not know it.", isCaller: true)
        let report = try await run(operation(), calls: PreparedCalls(answer), errors: [rule])
        #expect(verdicts(report, "declared example") == [.failed])
        #expect(verdicts(report, "edge") == [.passed])
        #expect(verdicts(report, "error answer").allSatisfy { $0 == .passed })
    }

    @Test("writes and payments are called only where that is allowed, and never in production")
    func writes() async throws {
        for risk in [Risk.write, .payment] {
            let calls = PreparedCalls()
            #expect(try await run(operation(risk: risk), calls: calls).verdict == .unproven)
            _ = try await run(operation(risk: risk), calls: calls, writes: true, environment: .production)
            #expect(calls.names.isEmpty)
            #expect(try await run(operation(risk: risk), calls: calls, writes: true).verdict == .passed)
            #expect(!calls.names.isEmpty)
        }
    }

    @Test("a recorded answer is judged by today's contract and model, without a call")
    func recorded() async throws {
        let calls = PreparedCalls()
        let good = RecordedExample(request: ["query": ["q": "x"]], status: 200, contentType: nil, body: ["rent": 3])
        let bad = RecordedExample(request: ["query": ["q": "x"]], status: 200, contentType: nil, body: ["cost": 3])
        #expect(try await run(operation(risk: .write, example: nil), calls: calls, recorded: [good]).verdict == .passed)
        #expect(try await run(operation(risk: .write, example: nil), calls: calls, recorded: [bad]).verdict == .failed)
        #expect(calls.names.isEmpty)
    }

    @Test("every line of the error map is played, with its code in the body where it asks for one")
    func errorMap() async throws {
        let rules = [
            ErrorRule(status: 404, code: "NONE", problemCode: "none", text: "There is none.", isCaller: true),
            ErrorRule(status: 404, problemCode: "gone", text: "It is gone."),
            ErrorRule(status: 404, problemCode: "late", text: "Never reached."),
            ErrorRule(code: "E7", field: "$.errors[0].code", problemCode: "seven", text: "Seven."),
        ]
        let report = try await run(operation(), errors: rules)
        let cases = report.cases.filter { $0.kind == "error answer" }
        #expect(
            cases.map { "\($0.name) \($0.verdict)" } == [
                "404 NONE passed", "404 passed", "400 E7 passed", "401, not in the error map passed",
                "418, not in the error map passed", "500, not in the error map passed",
            ])
    }

    @Test("a 429 reaches the caller with the provider's time, unless the error map calls it the caller's fault")
    func rateLimit() async throws {
        #expect(verdicts(try await run(operation()), "rate limit") == [.passed])
        let rule = ErrorRule(status: 429, problemCode: "busy", text: "Your fault.", isCaller: true)
        #expect(verdicts(try await run(operation(), errors: [rule]), "rate limit") == [.failed])
    }
}
