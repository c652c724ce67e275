import Access
import Contracts
import Inventory
import NIOCore
import Store
import TestSupport
import Testing
import Wire

@testable import Gateway

@Suite("Corridor")
struct CorridorTests {
    @Test("a read walks all ten stages, carries the provider's secret and comes back as the project's model")
    func wholeWay() async throws {
        let world = try await World()
        world.vendor.answer(200, #"{"median_rent": 18.4, "area": {"id": "mitte", "name": "Mitte"}}"#)
        let answer = try await world.call("get", ["path": ["area": "mitte"]])
        #expect(answer.json == ["rent": 18.4, "name": "Mitte"])
        let sent = try #require(world.vendor.requests.first)
        #expect(sent.head.target == "/v1/rents/mitte")
        #expect(sent.head.fields[.authorization] == "Bearer vendor-secret-1")
        let record = try #require(world.sink.calls.first)
        #expect(record.outcome == .answered)
        #expect(
            record.detail["stages"]?.arrayValue?.compactMap { $0["name"]?.stringValue } == [
                "recognise", "authorise", "admit", "check request", "ask", "remember", "sign", "send", "check answer",
                "map",
            ])
        #expect(!JSONValue.object(record.detail).text.contains("vendor-secret-1"))
    }

    @Test("without the scope, with unknown names or with bad input nothing is sent")
    func refusals() async throws {
        let world = try await World(scopes: ["call:other.*"])
        try await world.expect("scope_missing", 403, .caller) {
            try await world.call("get", ["path": ["area": "mitte"]])
        }
        let allowed = try await World()
        try await allowed.expect("provider_unknown", 404, .caller) {
            try await allowed.call("get", [:], provider: "nobody")
        }
        try await allowed.expect("operation_unknown", 404, .caller) { try await allowed.call("sing", [:]) }
        let faulty = try await allowed.expect("input_invalid", 400, .caller) {
            try await allowed.call("get", ["path": ["area": "NOT AN AREA"]])
        }
        #expect(faulty.faults.map(\.pointer) == ["/path/area"])
        try await allowed.expect("input_invalid", 400, .caller) { try await allowed.call("get", ["path": [:]]) }
        try await allowed.expect("input_invalid", 400, .caller) {
            try await allowed.call("get", ["path": ["area": "mitte"], "headers": ["Authorization": "Bearer stolen"]])
        }
        try await allowed.expect("input_invalid", 400, .caller) {
            try await allowed.call("get", ["path": ["area": "mitte"], "headers": ["X-A": "a\r\nHost: evil"]])
        }
        #expect(world.vendor.requests.isEmpty && allowed.vendor.requests.isEmpty)
        #expect(allowed.sink.calls.allSatisfy { $0.outcome == .failed && $0.who == "caller" })
    }

    @Test("a 503 and a 429 are absorbed: the waits are taken, every try is told and kept")
    func retries() async throws {
        let world = try await World()
        world.vendor.answer(503, #"{"error": "db-eu-3.internal: pool exhausted"}"#)
        world.vendor.answer(429, "", [.retryAfter: "3"])
        world.vendor.answer(200, #"{"median_rent": 18.4, "area": {"id": "mitte", "name": "Mitte"}}"#)
        let told = Told()
        let clock = world.clock
        let call = Task { try await world.call("get", ["path": ["area": "mitte"]]) { await told.add($0) } }
        await clock.waitForSleepers(1)
        clock.advance(by: .milliseconds(100))
        await clock.waitForSleepers(1)
        clock.advance(by: .milliseconds(3100))
        _ = try await call.value
        #expect(await told.tries.map(\.status) == [503, 429, 200])
        #expect(await told.tries.map(\.outcome) == [.retried, .retried, .ok])
        #expect(await told.tries.map(\.waitedMilliseconds) == [100, 3100, 0])
        let record = try #require(world.sink.calls.first)
        #expect(record.outcome == .retried && record.tries.count == 3)
    }

    @Test("drift is refused, counted and told in words without the provider's text")
    func drift() async throws {
        let world = try await World()
        world.vendor.answer(200, #"{"median_rent": "EUR 18.40", "area": {"id": "mitte", "name": "Mitte"}}"#)
        let problem = try await world.expect("contract_broken", 502, .provider) {
            try await world.call("get", ["path": ["area": "mitte"]])
        }
        #expect(!problem.detail.contains("18.40"))
        #expect(world.sink.drift.map(\.pointer) == ["/median_rent"])
        #expect(world.sink.calls.first?.drift == true)
    }

    @Test("a member that the contract does not name goes on and is recorded; its payload is kept without secrets")
    func unknownMember() async throws {
        let world = try await World()
        world.vendor.answer(200, #"{"median_rent": 18.4, "token": "t-123", "deposit": {"amount": 2}}"#)
        _ = try await world.call("get", ["path": ["area": "mitte"]])
        #expect(world.sink.drift.map(\.pointer) == ["/token", "/deposit"])
        #expect(world.sink.drift.last?.observed == ["type": "object", "properties": ["amount": ["type": "number"]]])
        #expect(world.sink.actions == [.record, .record])
        #expect(world.sink.payload?["token"] == "[kept back: secret]")
        #expect(world.sink.payload?["deposit"] == ["amount": 2])
    }

    @Test("a hostile answer leaves nothing personal and no secret in findings, payloads, rows and problems")
    func hostile() async throws {
        let world = try await World()
        world.vendor.answer(
            200,
            #"""
            {"id": 5, "kind": "vendor-secret-1", "rank": "Freifrau", "mail": "mara-at-home", "income": 987654,
             "pin": "sesame", "debts": {"mara@home.example": "many"}, "flats": {"nr": "Elm Street 5"},
             "e_mail": "mara2@home.example", "token": "tok-77", "echo": "vendor-secret-1",
             "jon@work.example": {"phone": "0301234567"}}
            """#)
        let problem = try await world.expect("contract_broken", 502, .provider) {
            try await world.call("tenant", ["body": ["mail": "sent@home.example", "post": "Oak Lane 1"]])
        }
        let findings = world.sink.drift
        #expect(
            findings.map { "\($0.kind) \($0.pointer): \($0.seen)" } == [
                "type /id: integer", "enum /kind: string", "enum /rank: a string that is kept back",
                "format /mail: a string that is kept back", "other /income: a integer that is kept back",
                "other /pin: a string that is kept back", "type /debts/*: string", "type /flats: object",
                "unknownField /e_mail: string", "unknownField /token: string", "unknownField /echo: string",
                "unknownField /*: object",
            ])
        let record = try #require(world.sink.calls.first)
        let kept = [
            "\(findings)", world.sink.payload?.text ?? "", JSONValue.object(record.detail).text,
            problem.json(requestID: "r").text, problem.log,
        ]
        for secret in [
            "vendor-secret-1", "Freifrau", "mara-at-home", "987654", "sesame", "mara@home", "Elm Street", "mara2@",
            "tok-77", "0301234567", "sent@home", "Oak Lane",
        ] {
            for text in kept { #expect(!text.contains(secret), "\(secret) in \(text)") }
        }
        #expect(world.sink.payload?["e_mail"] == "[kept back: personal data]")
        #expect(world.sink.payload?["flats"] == "[kept back: personal data]")
        #expect(problem.detail == "Rents sent something unexpected, so we did not use it.")
    }

    @Test("an answer that is no JSON is a finding, and none of its text is kept where a contract marks personal data")
    func notJSON() async throws {
        let world = try await World()
        world.vendor.answer(200, "<p>mara@home.example</p>")
        let problem = try await world.expect("contract_broken", 502, .provider) {
            try await world.call("tenant", ["body": [:]])
        }
        #expect(world.sink.drift.map(\.expected) == ["JSON"] && world.sink.actions == [.fail])
        let detail = JSONValue.object(try #require(world.sink.calls.first).detail).text
        #expect(!detail.contains("mara") && !problem.log.contains("mara"))
    }

    @Test("a break behind a thousand others that may pass still fails the call")
    func flood() async throws {
        let world = try await World()
        let flats = (0..<1500).map { _ in JSONValue.object(["nr": "x"]) }
        world.vendor.answer(200, JSONValue.object(["id": "a", "flats": .array(flats), "income": "x"]).text)
        try await world.expect("contract_broken", 502, .provider) { try await world.call("tenant", ["body": [:]]) }
        #expect(world.sink.drift.count == 2 && world.sink.drift.last?.seen == "too many to tell them all")
        #expect(world.sink.payload == "[kept back: personal data]")
    }

    @Test("what the provider refused is not compared with the contract of its answers")
    func refusal() async throws {
        let world = try await World()
        world.vendor.answer(404, #"{"median_rent": "none"}"#)
        try await world.expect("area_unknown", 404, .caller) {
            try await world.call("get", ["path": ["area": "mitte"]])
        }
        #expect(world.sink.drift.isEmpty)
    }

    @Test("each kind of departure is treated as the inventory says, refusals where their status has a contract")
    func kinds() async throws {
        let world = try await World()
        world.vendor.answer(200, #"{"areas": "none", "new": 1}"#)
        _ = try await world.call("areas", [:])
        #expect(world.sink.drift.map(\.kind) == [.type] && world.sink.actions == [.alert])
        world.vendor.answer(301, "{}")
        _ = try await world.call("areas", [:])
        #expect(world.sink.drift.last?.kind == .status && world.sink.drift.last?.seen == "301")
        world.vendor.answer(409, #"{"kode": 7}"#)
        try await world.expect("provider_rejected", 502, .provider) { try await world.call("areas", [:]) }
        #expect(world.sink.drift.last?.pointer == "/code" && world.sink.drift.count == 3)
        #expect(world.sink.drift.last?.schemaPointer == "responses/4xx#/required")
        world.vendor.answer(403, #"{"code": 7}"#)
        try await world.expect("provider_refused_key", 502, .footing) { try await world.call("areas", [:]) }
        #expect(world.sink.drift.count == 3)
    }

    @Test("the error map speaks for the provider; its own words stay in the ledger")
    func errorMap() async throws {
        let world = try await World()
        world.vendor.answer(404, #"{"error": {"code": "E_NO_ROW", "trace": "at db-eu-3.internal"}}"#)
        let problem = try await world.expect("area_unknown", 404, .caller) {
            try await world.call("get", ["path": ["area": "mitte"]])
        }
        #expect(problem.detail == "We have no rents for this neighbourhood.")
        #expect(world.sink.calls.first?.detail["answer"]?["body"]?["error"]?["code"] == "E_NO_ROW")
        world.vendor.answer(401, "{}")
        let refused = try await world.expect("provider_refused_key", 502, .footing) {
            try await world.call("get", ["path": ["area": "mitte"]])
        }
        #expect(refused.advice?.contains("rents-key") == true)
    }

    @Test("a write with the same key is sent once: the first answer is given again, with the same key at the provider")
    func writeOnce() async throws {
        let world = try await World()
        world.vendor.answer(201, #"{"id": "w1"}"#)
        let first = try await world.call("create-watch", ["body": ["area": "mitte"]], key: "k1")
        let second = try await world.call("create-watch", ["body": ["area": "mitte"]], key: "k1")
        #expect(first.json == second.json)
        #expect(world.vendor.requests.count == 1)
        #expect(world.vendor.requests.first?.head.fields[.idempotencyKey]?.hasPrefix("ft-") == true)
    }

    @Test("a write whose outcome nobody knows is not repeated, unless the provider honours the key")
    func unknownOutcome() async throws {
        let world = try await World()
        world.vendor.fail(ClientError(.closed, wasSent: true))
        try await world.expect("provider_unreachable", 502, .provider) {
            try await world.call("unsafe-write", ["body": ["area": "mitte"]], key: "k1")
        }
        try await world.expect("outcome_unknown", 409, .footing) {
            try await world.call("unsafe-write", ["body": ["area": "mitte"]], key: "k1")
        }
        #expect(world.vendor.requests.count == 1)
        #expect(try await world.store.unknownIntents().map(\.operation) == ["unsafe-write"])
        world.vendor.fail(ClientError(.unreachable, wasSent: false))
        world.vendor.fail(ClientError(.unreachable, wasSent: false))
        world.vendor.fail(ClientError(.unreachable, wasSent: false))
        let unsent = Task { try await world.call("unsafe-write", ["body": ["area": "mitte"]], key: "k2") }
        for _ in 0..<2 {
            await world.clock.waitForSleepers(1)
            world.clock.advance(by: .seconds(1))
        }
        await #expect(throws: Problem.self) { try await unsent.value }
        #expect(try await world.store.unknownIntents().count == 1, "what was never sent is not unknown")
        world.vendor.answer(201, #"{"id": "w2"}"#)
        #expect(try await world.call("unsafe-write", ["body": ["area": "mitte"]], key: "k2").status == 201)
    }

    @Test("a slow operation is not held: it becomes a task's input, unless a task asks")
    func slow() async throws {
        let world = try await World()
        let result = try await world.corridor.call(world.request("matrix", ["body": ["n": 1]], mayDefer: true))
        guard case .deferred(let operation, let input, _) = result else {
            Issue.record("expected to be deferred")
            return
        }
        #expect(operation == "matrix")
        #expect(input["body"] == ["n": 1])
        #expect(world.vendor.requests.isEmpty)
    }

    @Test("a missing secret is Footing's failure and says how to mend it")
    func missingSecret() async throws {
        let world = try await World(secrets: [:])
        let problem = try await world.expect("secret_missing", 503, .footing) {
            try await world.call("get", ["path": ["area": "mitte"]])
        }
        #expect(problem.advice == "Set it: footing secret set rents-key")
    }

    @Test("the pass-through finds the operation, takes the caller's token and cookies out")
    func passThrough() async throws {
        let world = try await World()
        world.vendor.answer(200, #"{"median_rent": 18.4, "area": {"id": "mitte", "name": "Mitte"}}"#)
        let token = try await world.tokens.issue(name: "sdk", scopes: ["call:rents.*"]).text
        let fields: FieldList = [
            .authorization: "Bearer \(token)", .cookie: "a=b", .accept: "application/json", .footingRequest: "1",
        ]
        var request = world.request("", [:])
        request.credential = .presented
        request.target = try World.passThrough("GET", "/p/rents/v1/rents/mitte?a=1", fields)
        _ = try await world.corridor.call(request)
        let sent = try #require(world.vendor.requests.first)
        #expect(sent.head.target == "/v1/rents/mitte?a=1")
        #expect(sent.head.fields[.authorization] == "Bearer vendor-secret-1")
        #expect(sent.head.fields.description == "Accept, Authorization")
        #expect(world.sink.calls.first?.operation == "get")
    }

    @Test("an undeclared request passes in the sandbox and is refused in production")
    func undeclared() async throws {
        for environment in [EnvironmentName.sandbox, .production] {
            let world = try await World(environment: environment)
            world.vendor.answer(200, "{}")
            var request = world.request("", [:])
            request.target = try World.passThrough("GET", "/p/rents/v9/secret-admin")
            if environment == .sandbox {
                _ = try await world.corridor.call(request)
                #expect(world.sink.calls.first?.operation == "undeclared")
            } else {
                try await world.expect("operation_undeclared", 403, .caller) { try await world.corridor.call(request) }
                #expect(world.vendor.requests.isEmpty)
            }
        }
    }

    @Test("after enough failures the provider is left alone, and calls fail at once with the time of the next try")
    func breaker() async throws {
        let world = try await World(attempts: 1, breakerMinimum: 4)
        for _ in 0..<4 { world.vendor.answer(500, "{}") }
        for _ in 0..<4 {
            try await world.expect("provider_failed", 502, .provider) {
                try await world.call("get", ["path": ["area": "mitte"]])
            }
        }
        let problem = try await world.expect("provider_unavailable", 503, .provider) {
            try await world.call("get", ["path": ["area": "mitte"]])
        }
        #expect(problem.retryAfter == .seconds(5))
        #expect(world.vendor.requests.count == 4)
    }
}

private actor Told {
    private(set) var tries: [CallTry] = []

    func add(_ attempt: CallTry) { tries.append(attempt) }
}
