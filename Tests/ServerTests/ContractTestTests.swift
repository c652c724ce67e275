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
            response: response.map(source), model: source(#"{"rent": "$.rent"}"#),
            examples: example.map { [DeclaredExample(name: "example", input: source($0))] } ?? [])
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

    @Test("each declared example is called under its name; the edges are made from the first")
    func severalExamples() async throws {
        let plain = try operation()
        let several = Operation(
            name: plain.name, method: plain.method, path: plain.path, request: plain.request, response: plain.response,
            examples: [("few", "a"), ("many", "bc"), ("broken", "abcd")].map {
                DeclaredExample(name: $0.0, input: source(#"{"query": {"q": "\#($0.1)"}}"#))
            })
        let calls = PreparedCalls()
        let report = try await run(several, calls: calls)
        #expect(report.cases.filter { $0.kind == "declared example" }.map(\.name) == ["few", "many", "broken"])
        #expect(
            calls.names == ["a", "bc", "abcd", "aaa"].map { #"rents.get {"query":{"q":"\#($0)"}}"# })
    }

    @Test("of a write's examples, all are looked at though none is called")
    func examplesOfWrites() async throws {
        let plain = try operation(risk: .write)
        let several = Operation(
            name: plain.name, method: plain.method, path: plain.path, risk: .write, request: plain.request,
            response: plain.response,
            examples: [("good", "a"), ("bad", "abcd")].map {
                DeclaredExample(name: $0.0, input: source(#"{"query": {"q": "\#($0.1)"}}"#))
            })
        let calls = PreparedCalls()
        let report = try await run(several, calls: calls)
        #expect(calls.names.isEmpty)
        #expect(verdicts(report, "declared example") == [.skipped, .failed])
    }

    @Test("a recorded answer that the model cannot be made of is told without a word of it")
    func modelFaults() async throws {
        let plain = try operation()
        for (model, words) in [
            (#"{"rent": {"jq": ".rent | error"}}"#, "rent: The jq program raised an error"),
            (#"{"rent": {"jq": ".rent[0]"}}"#, "rent: The jq program failed at a value of type string"),
            (#"{"rent": {"pick": "$.rent", "convert": "number"}}"#, "rent: a string cannot become a number"),
        ] {
            let mapped = Operation(
                name: plain.name, method: plain.method, path: plain.path, request: plain.request,
                response: plain.response, model: source(model))
            let example = RecordedExample(
                request: ["query": ["q": "x"]], status: 200, contentType: "application/json",
                body: ["rent": "Ann lives here"])
            let report = try await run(mapped, recorded: [example])
            #expect(
                report.cases.first { $0.kind == "recorded answer" }?.words == "the model cannot be made: \(words)")
            #expect(!report.json.text.contains("Ann"))
        }
    }

    @Test("a contract that describes more than a value can hold has no edges, and the report says why")
    func bombs() async throws {
        let bomb = ##"{"type": "array", "minItems": 100, "items": {"$ref": "#"}}"##
        let plain = try operation()
        let operation = Operation(
            name: plain.name, method: "POST", path: plain.path, risk: .write,
            request: RequestContract(body: source(bomb)), response: plain.response)
        let report = try await run(operation)
        let edge = try #require(report.cases.first { $0.kind == "edge" })
        #expect(edge.name == "body" && edge.verdict == .skipped && edge.words.contains("more than 50000 parts"))
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
