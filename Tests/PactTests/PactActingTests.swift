import Contracts
import Synchronization
import TestSupport
import Testing

@testable import Pact

@Suite("Acting a pact out")
struct PactActingTests {
    private static func file(_ interactions: JSONValue...) throws -> PactFile {
        try PactFileReader.read([
            "consumer": ["name": "app"], "provider": ["name": "rents"], "interactions": .array(interactions),
            "metadata": ["pactSpecification": ["version": "4.0"]],
        ])
    }

    private static func interaction(_ name: String, path: String = "/a", state: String? = nil, status: Int = 200)
        -> JSONValue
    {
        let states: JSONValue = state.map { [["name": .string($0), "params": ["n": 1]]] } ?? []
        return [
            "type": "Synchronous/HTTP", "description": .string(name), "providerStates": states,
            "request": ["method": "GET", "path": .string(path)], "response": ["status": JSONValue(status)],
        ]
    }

    private static func ground() -> PactGround {
        PactGround(random: SeededRandom(seed: 1), milliseconds: 1_764_062_978_123, serverURL: "http://127.0.0.1:9")
    }

    @Test("a mock answers what fits, one interaction after the other, and names the nearest for what does not")
    func mock() throws {
        var mock = PactMock(
            try Self.file(
                Self.interaction("one", state: "s1"), Self.interaction("two", state: "s2", status: 404),
                Self.interaction("three", path: "/b"), ["type": "Asynchronous/Messages", "description": "event"]))
        var ground = Self.ground()
        func status(_ path: String) -> Int? {
            let request = PactRequest(method: "get", path: path)
            guard case .answer(let response) = mock.answer(request, &ground) else { return nil }
            return response.status
        }
        #expect([status("/a"), status("/a"), status("/a")] == [200, 404, 200])
        #expect(status("/c") == nil)
        #expect(mock.misses.map(\.nearest) == ["one, given s1"])
        let cases = mock.cases
        #expect(cases.map(\.verdict) == [.passed, .passed, .failed, .skipped, .failed])
        #expect(cases[2].words == "nobody asked for it")
        #expect(cases[4].faults == [#"nearest is "one, given s1""#, #"path: expected "/a", not "/c""#])
    }

    @Test("a replay sets states up, uses what they tell, and judges each answer")
    func replay() async throws {
        let told: JSONValue = [
            "type": "Synchronous/HTTP", "description": "told", "providerStates": [["name": "s", "params": ["n": 1]]],
            "request": [
                "method": "GET", "path": "/a/0",
                "generators": ["path": ["type": "ProviderState", "expression": "/a/${id}"]],
            ],
            "response": ["status": 200, "body": ["content": ["ok": true], "contentType": "application/json"]],
        ]
        var pending = Self.interaction("later", path: "/p")
        pending["pending"] = true
        let log = Mutex<[String]>([])
        var stage = PactReplay.Stage { request in
            log.withLock { $0.append("send \(request.path)") }
            let body = PactBody(received: Array(#"{"ok": true, "more": 1}"#.utf8))
            return PactResponse(status: request.path == "/p" ? 500 : 200, content: PactContent(body: body))
        }
        stage.setUp = { state in
            log.withLock { $0.append("set up \(state.name) \(JSONValue.object(state.parameters))") }
            return ["id": 42]
        }
        stage.tearDown = { state in log.withLock { $0.append("tear down \(state.name)") } }
        var replay = PactReplay(
            try Self.file(
                told, Self.interaction("wrong", status: 201), pending,
                ["type": "Asynchronous/Messages", "description": "event"]), stage: stage, ground: Self.ground())
        let cases = await replay.run()
        #expect(log.withLock { $0 } == [#"set up s {"n":1}"#, "send /a/42", "tear down s", "send /a", "send /p"])
        #expect(cases.map(\.verdict) == [.passed, .failed, .skipped, .unproven])
        #expect(cases[1].words == "status: expected 201, not 200")
    }

    @Test("a state that cannot be set up is the interaction's failure")
    func brokenHook() async throws {
        var stage = PactReplay.Stage { _ in PactResponse(status: 200) }
        stage.setUp = { _ in throw PactError("the hook answered 500", at: "") }
        var replay = PactReplay(try Self.file(Self.interaction("one", state: "s")), stage: stage, ground: Self.ground())
        #expect(await replay.run().map(\.words) == ["the hook answered 500"])
    }

    @Test("generators fill the places of examples")
    func generators() throws {
        let response: JSONValue = [
            "status": 200, "headers": ["X-Id": "a"],
            "body": [
                "contentType": "application/json",
                "content": [
                    "int": 0, "list": [["id": "x"], ["id": "y"]], "at": "x", "url": "http://localhost:1/a/b?c=d",
                    "kept": "k", "uuid": "u",
                ],
            ],
            "generators": [
                "header": ["X-Id": ["type": "RandomHexadecimal", "digits": 4]],
                "body": [
                    "$.int": ["type": "RandomInt", "min": 5, "max": 9],
                    "$.list[*].id": ["type": "RandomString", "size": 3],
                    "$.at": ["type": "DateTime", "format": "yyyy-MM-dd'T'HH:mm:ss.SSSX"],
                    "$.url": ["type": "MockServerURL", "example": "http://localhost:1/a/b?c=d", "regex": ".*(/a/b).*"],
                    "$.kept": ["type": "Regex", "regex": "k+"], "$.uuid": ["type": "Uuid"],
                ],
            ],
        ]
        let file = try pact(response: response, version: "4.0")
        guard case .http(_, let answer) = file.interactions[0].kind else {
            Issue.record("no HTTP")
            return
        }
        var ground = Self.ground()
        let made = answer.generated(&ground)
        let body = try JSONValue.parse(try #require(made.content.body.bytes))
        #expect((5...9).contains(body["int"]?.intValue ?? 0))
        #expect(body["list"]?.arrayValue?.allSatisfy { $0["id"]?.stringValue?.count == 3 } == true)
        #expect(body["at"] == "2025-11-25T09:29:38.123Z")
        #expect(body["url"] == "http://127.0.0.1:9/a/b?c=d")
        #expect(body["kept"] == "k")
        #expect(body["uuid"]?.stringValue?.count == 36)
        #expect(made.content.headers.values(of: "X-Id")?.first?.count == 4)
    }

    @Test("what a form of dates writes, it also reads")
    func formsBothWays() throws {
        for text in ["yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "EEEE, d MMMM yyyy", "hh:mm:ss a", "D k K", "dd/MM/yy HH:mm Z"] {
            let form = try PactMoment(text)
            for moment: Int64 in [0, 1_764_062_978_123, 951_782_400_000] {
                #expect(form.accepts(form.text(millisecondsSinceEpoch: moment)), "\(text)")
            }
        }
    }
}
