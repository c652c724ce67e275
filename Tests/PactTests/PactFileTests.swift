import Contracts
import Testing

@testable import Pact

@Suite("Reading Pact files")
struct PactFileTests {
    @Test("a file of version 2 has its query as text and its rules by path")
    func versionTwo() throws {
        let file = try PactFileReader.read([
            "consumer": ["name": "app"], "provider": ["name": "rents"],
            "interactions": [
                [
                    "description": "it", "provider_state": "there is one",
                    "request": [
                        "method": "get", "path": "/a", "query": "b=1&b=2&c=x%20y",
                        "matchingRules": [
                            "$.query.c": ["match": "regex", "regex": "x.*"], "$.path": ["match": "type"],
                        ],
                    ],
                    "response": [
                        "status": 200, "headers": ["Accept": "a, b"], "body": ["n": 1],
                        "matchingRules": ["$.body.n": ["match": "type"], "$.headers.Accept": ["match": "type"]],
                    ],
                ]
            ], "metadata": ["pactSpecification": ["version": "2.0.0"]],
        ])
        let interaction = try #require(file.interactions.first)
        #expect(file.version == .v2 && interaction.name == "it, given there is one")
        guard case .http(let request, let response) = interaction.kind else {
            Issue.record("no HTTP")
            return
        }
        #expect(request.query.values(of: "b") == ["1", "2"])
        #expect(response.content.headers.values(of: "accept", ignoringCase: true) == ["a", "b"])
        var came = request
        came.query = PactValues(query: "c=xyz&b=1&b=2")
        came.path = "/other"
        #expect(request.mismatches(with: came) == [])
        #expect(response.content.rules.body.entries.map(\.path.text) == ["$.body.n"])
    }

    @Test("a file of version 4 has typed contents, pending interactions and messages")
    func versionFour() throws {
        let file = try PactFileReader.read([
            "consumer": ["name": "app"], "provider": ["name": "rents"],
            "interactions": [
                [
                    "type": "Synchronous/HTTP", "description": "bytes", "pending": true,
                    "providerStates": [["name": "s", "params": ["id": 7]]],
                    "request": ["method": "GET", "path": "/"],
                    "response": [
                        "status": 200, "headers": ["X-A": ["1", "2"]],
                        "body": ["contentType": "image/png", "encoded": "base64", "content": "iVBORw0KGgo="],
                        "matchingRules": ["status": ["matchers": [["match": "statusCode", "status": "success"]]]],
                    ],
                ],
                [
                    "type": "Asynchronous/Messages", "description": "event", "metadata": ["topic": "t"],
                    "contents": ["contentType": "application/json", "encoded": false, "content": ["id": 1]],
                    "matchingRules": ["content": ["$.id": ["matchers": [["match": "integer"]]]]],
                ],
                ["type": "Synchronous/Messages", "description": "rpc", "request": [:], "response": [[:]]],
                ["type": "Something/Else", "description": "other"],
            ], "metadata": ["pactSpecification": ["version": "4.0"]],
        ])
        #expect(file.interactions.map(\.isHTTP) == [true, false, false, false])
        let first = file.interactions[0]
        #expect(first.isPending && first.states == [PactState(name: "s", parameters: ["id": 7])])
        guard case .http(_, let response) = first.kind else {
            Issue.record("no HTTP")
            return
        }
        #expect(
            response.content.body == .present([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], MediaType("image/png")))
        var came = response
        came.status = 204
        #expect(response.mismatches(with: came) == [])
        came.status = 404
        #expect(response.mismatches(with: came).map(\.description) == ["status: expected success (2xx), not 404"])
        guard case .message(let message) = file.interactions[1].kind else {
            Issue.record("no message")
            return
        }
        let good = PactMessage(
            content: PactContent(body: .present(Array(#"{"id": 5}"#.utf8), .json)), metadata: ["topic": "t"])
        #expect(message.mismatches(with: good) == [])
        let bad = PactMessage(
            content: PactContent(body: .present(Array(#"{"id": "5"}"#.utf8), .json)), metadata: ["topic": "u"])
        #expect(message.mismatches(with: bad).map(\.part) == [.metadata, .body])
    }

    @Test("a message comes as an answer with its metadata in a field")
    func receivedMessage() {
        var headers = PactValues()
        headers.add("Pact-Message-Metadata", ["eyJ0b3BpYyI6ICJ0In0="])
        let content = PactContent(headers: headers, body: PactBody(received: Array("{}".utf8)))
        #expect(PactMessage(received: PactResponse(status: 200, content: content)).metadata == ["topic": "t"])
    }

    @Test(
        "what is wrong is told with its place",
        arguments: [
            (#"[]"#, "a pact is an object, not array"),
            (#"{"interactions": 1}"#, "expected an array, not number at /interactions"),
            (#"{"interactions": [{}]}"#, "an interaction without a request at /interactions/0"),
            (
                #"{"interactions": [{"request": {}, "response": {}}]}"#,
                "an interaction without a description at /interactions/0"
            ),
            (
                #"{"metadata": {"pactSpecification": {"version": "9"}}}"#,
                #"version "9" of Pact is not known; 1 to 4 are at /metadata/pactSpecification/version"#
            ),
            (
                #"{"interactions": [{"description": "a", "request": {"matchingRules": {"$.body..a": {}}}, "response": {}}]}"#,
                "no path of a matcher at /interactions/0/request/matchingRules/$.body..a"
            ),
            (
                #"{"interactions": [{"description": "a", "request": {"query": 5}, "response": {}}]}"#,
                "expected an object, not number at /interactions/0/request/query"
            ),
        ])
    func faults(text: String, fault: String) {
        #expect(throws: PactError.self) { try PactFileReader.read(Array(text.utf8)) }
        do throws(PactError) {
            _ = try PactFileReader.read(Array(text.utf8))
        } catch {
            #expect("\(error)" == fault)
        }
    }

    @Test("a text that is no JSON is told with its line")
    func noJSON() {
        do throws(PactError) {
            _ = try PactFileReader.read(Array("{\n\"a\": }".utf8))
            Issue.record("it was read")
        } catch {
            #expect(error.line == 2)
        }
    }

    @Test("a rule that is not understood is noted, and nothing meets it")
    func unknownRules() throws {
        let file = try pact(
            response: [
                "body": ["a": "b"],
                "matchingRules": ["body": ["$.a": all(["match": "regex", "regex": "(b)\\1"])]],
            ])
        let unknown = file.interactions.flatMap(\.unknown)
        #expect(unknown.map(\.pointer) == ["/interactions/0/response/matchingRules/body/$.a/matchers/0"])
    }

    @Test(
        "patterns of other dialects are read where they mean the same",
        arguments: [
            ("\\A\\d{2}\\z", "12"), ("\\/a\\-b\\_c", "/a-b_c"), ("[[:alpha:]]+[\\w\\-]*", "ab-c"),
            ("[^[:digit:]]", "x"),
            ("a\\:b\\@c", "a:b@c"), ("[\\.\\-]", "-"), ("\\h+", " \t"),
        ])
    func dialects(pattern: String, text: String) throws {
        #expect(try PactPattern(pattern).matches(text))
        #expect(try !PactPattern(pattern).matches(text + "\u{2603}"))
    }
}
