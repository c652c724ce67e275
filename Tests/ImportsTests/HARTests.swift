import Contracts
import Imports
import Testing

@Suite("Recorded traffic")
struct HARTests {
    private static func entry(
        _ method: String, _ url: String, _ answer: JSONValue, status: Int = 200, request: JSONValue? = nil
    ) -> JSONValue {
        var sent: JSONValue = [
            "method": .string(method), "url": .string(url),
            "headers": [
                ["name": "Authorization", "value": "Bearer tok_4eC39HqLyjWDarjtT1zdp7dc"],
                ["name": "Cookie", "value": "sid=s3cr3tcookie99"],
            ], "cookies": [["name": "sid", "value": "s3cr3tcookie99"]],
        ]
        if let request { sent["postData"] = ["mimeType": "application/json", "text": .string(request.text)] }
        return [
            "request": sent,
            "response": [
                "status": JSONValue(status), "headers": [["name": "Set-Cookie", "value": "sid=s3cr3tcookie99"]],
                "content": ["mimeType": "application/json; charset=utf-8", "text": .string(answer.text)],
            ],
        ]
    }

    private static func har(_ entries: [JSONValue]) -> String {
        (["log": ["version": "1.2", "entries": .array(entries)]] as JSONValue).text
    }

    private static let session = har([
        entry("GET", "https://api.shop.example/users/17/orders?page=1&token=s3cr3tquery99", ["orders": [["id": 1]]]),
        entry("GET", "https://api.shop.example/users/18/orders?page=2", ["orders": []]),
        entry("GET", "https://api.shop.example/users/18", ["name": "Ann", "password": "s3cr3tpass"]),
        entry(
            "POST", "https://api.shop.example/users", ["id": 3], status: 201,
            request: ["name": "Ann", "password": "s3cr3tpass"]),
        entry("POST", "https://api.shop.example/users", ["error": "x"], status: 422, request: ["wrong": 1]),
        [
            "request": ["method": "GET", "url": "https://cdn.example/app.js"],
            "response": ["status": 200, "content": ["mimeType": "text/javascript", "text": "x"]],
        ],
    ])

    @Test("calls become operations with parameters where numbers stood")
    func operations() throws {
        let api = try Documents.har(Self.session)
        #expect(api.servers.map(\.url) == ["https://api.shop.example"])
        #expect(api.auth == .bearer)
        #expect(
            api.operations.map { "\($0.method) \($0.path)" } == [
                "GET /users/{user_id}/orders", "GET /users/{user_id}", "POST /users",
            ])
        #expect(api.operations.first?.query?["properties"]?.objectValue?.keys == ["page"])
        #expect(api.errorStatuses == [422])
    }

    @Test("what a provider refused says nothing about what it takes")
    func refused() throws {
        let api = try Documents.har(Self.session)
        let body = try #require(api.schema(api.operations.last?.body))
        #expect(body["properties"]?.objectValue?.keys == ["name", "password"])
    }

    @Test("no value of the recording is written anywhere")
    func values() throws {
        var folder = Folder()
        try folder.take(Documents.har(Self.session))
        let all = folder.files.values.joined()
        for value in ["4eC39HqLyjWDarjtT1zdp7dc", "s3cr3tcookie99", "s3cr3tquery99", "s3cr3tpass", "Ann"] {
            #expect(!all.contains(value))
        }
    }

    @Test("several hosts need one named")
    func hosts() throws {
        let text = Self.har([
            Self.entry("GET", "https://a.example/x", [:]), Self.entry("GET", "https://b.example/x", [:]),
            Self.entry("GET", "https://b.example/y", [:]),
        ])
        let error = #expect(throws: ImportError.self) { try Documents.har(text) }
        #expect(error?.advice == "name one with --host: b.example (2), a.example (1)")
        #expect(try Documents.har(text, host: "a.example").operations.count == 1)
        #expect(throws: ImportError.self) { try Documents.har(text, host: "c.example") }
        #expect(throws: ImportError.self) { try Documents.har("{\"log\": {}}") }
        #expect(throws: ImportError.self) { try Documents.har("{\"log\": {\"entries\": [{}]}}") }
    }

    @Test("a part of the path that keeps changing is a parameter; words and versions are not")
    func paths() throws {
        let areas = (0..<8).map {
            Self.entry("GET", "https://a.example/v2/areas/\("abcdefgh".map { String($0) }[$0])x", [:])
        }
        let api = try Documents.har(Self.har(areas + [Self.entry("GET", "https://a.example/v2/about", [:])]))
        #expect(api.operations.map(\.path) == ["/v2/areas/{area_id}", "/v2/about"])
    }

    @Test("contracts of an operation are proposed from calls of the ledger; what was kept back has any type")
    func ledger() throws {
        var calls = RecordedCalls()
        for number in 0..<3 {
            calls.add([
                "request": ["body": nil],
                "answer": ["status": 200, "body": ["id": JSONValue(number), "token": "[kept back: secret]"]],
            ])
        }
        calls.add(["answer": ["status": 500, "body": ["other": 1]]])
        calls.add(["answer": ["status": 200, "body": "[9000 bytes, too long to keep]"]])
        let files = calls.proposals(provider: "shop", operation: "get")
        #expect(files.keys.sorted() == ["contracts/proposed/shop.get.answer.json"])
        let schema = try #require(files.values.first)
        #expect(schema["required"] == ["id", "token"])
        #expect(schema["properties"]?["token"] == [:])
    }

    @Test("a content in base64 is read, also in lines, and a broken one is none")
    func encoded() throws {
        func text(_ content: String) -> String {
            Self.har([
                [
                    "request": ["method": "GET", "url": "https://a.example/x"],
                    "response": [
                        "status": 200,
                        "content": [
                            "mimeType": "application/problem+json", "encoding": "base64", "text": .string(content),
                        ],
                    ],
                ]
            ])
        }
        let api = try Documents.har(text("eyJp\r\nZCI6IDF9"))
        #expect(api.schema(api.operations[0].answer)?["properties"]?["id"] != nil)
        #expect(throws: ImportError.self) { try Documents.har(text("eyJpZCI6?DF9")) }
    }

    @Test("what was only ever refused is no operation, and nothing recorded becomes an example")
    func refusals() throws {
        let api = try Documents.har(
            Self.har([
                Self.entry("GET", "https://a.example/v1/things", [:]),
                Self.entry("GET", "https://a.example/v1/unknown", ["error": "x"], status: 404),
            ]))
        #expect(api.operations.map(\.path) == ["/v1/things"])
        #expect(api.operations.flatMap(\.examples) == [])
        #expect(api.notes.contains { $0.message == "left out: every call of GET /v1/unknown was refused" })
        #expect(api.errorStatuses.isEmpty)
    }
}
