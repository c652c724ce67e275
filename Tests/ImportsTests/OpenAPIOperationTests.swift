import Contracts
import Imports
import Inventory
import Testing

@Suite("Operations of OpenAPI documents")
struct OpenAPIOperationTests {
    static let shop = """
        openapi: 3.0.3
        info: { title: Shop, version: "1.2", description: "Sells things. And more." }
        servers:
          - { url: "https://api.shop.example/v1" }
          - { url: "https://{region}.sandbox.shop.example/v1", description: Sandbox, variables: { region: { default: eu } } }
        security: [{ key: [] }]
        x-rate-limit: { limit: 100, period: minute }
        paths:
          /orders:
            parameters:
              - { name: trace, in: header, schema: { type: string } }
            get:
              operationId: listOrders
              tags: [orders]
              summary: Lists orders
              parameters:
                - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100 } }
                - { name: status, in: query, schema: { type: array, items: { type: string, enum: [open, paid] } } }
                - { name: ids, in: query, explode: false, schema: { type: array, items: { type: integer } } }
                - { name: filter, in: query, style: deepObject, schema: { type: object } }
              responses:
                "200":
                  description: ok
                  content:
                    application/json:
                      schema: { type: object, required: [data], properties: { data: { type: array, items: { $ref: "#/components/schemas/Order" } } } }
                "404": { description: none }
            post:
              operationId: createOrder
              tags: [orders]
              parameters:
                - { name: Idempotency-Key, in: header, schema: { type: string } }
              requestBody:
                required: true
                content:
                  application/json:
                    schema: { $ref: "#/components/schemas/Order" }
                    example: { id: 7, total: 12.5 }
              responses:
                "201":
                  description: made
                  content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } }
                "422": { description: no }
          /orders/{order.id}:
            get:
              operationId: getOrder
              tags: [orders]
              parameters:
                - { name: order.id, in: path, required: true, example: 7, schema: { type: integer } }
              responses:
                "200":
                  description: ok
                  content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } }
          /tags:
            put:
              responses: { "204": { description: done } }
        components:
          securitySchemes:
            key: { type: apiKey, in: header, name: X-Shop-Key }
          schemas:
            Order:
              type: object
              required: [id, total]
              properties:
                id: { type: integer, readOnly: true }
                total: { type: number, nullable: true }
                parent: { $ref: "#/components/schemas/Order" }
        """

    @Test("operations have the document's names, methods, paths and risks")
    func operations() throws {
        let api = try Documents.openAPI(Self.shop)
        #expect(api.operations.map(\.name) == ["list-orders", "create-order", "get-order", "put-tags"])
        #expect(api.operations.map(\.path) == ["/orders", "/orders", "/orders/{order_id}", "/tags"])
        #expect(api.operations.map(\.risk) == [.read, .payment, .read, .write])
        #expect(api.operation("list-orders")?.about == "Lists orders")
        #expect(api.operation("create-order")?.idempotencyHeader == "Idempotency-Key")
        #expect(api.operation("list-orders")?.idempotencyHeader == nil)
    }

    @Test("the provider has the document's title, addresses, way to show a key, rate and errors")
    func general() throws {
        let api = try Documents.openAPI(Self.shop)
        #expect(api.title == "Shop")
        #expect(api.about == "Sells things")
        #expect(api.servers.map(\.url) == ["https://api.shop.example/v1", "https://eu.sandbox.shop.example/v1"])
        #expect(api.servers.map(\.isSandbox) == [false, true])
        #expect(api.auth == .header("X-Shop-Key"))
        #expect(api.rate == "100/60s")
        #expect(api.errorStatuses == [404, 422])
    }

    @Test("query parameters are described as far as text can be checked, the rest is said")
    func query() throws {
        let api = try Documents.openAPI(Self.shop)
        let query = try #require(api.operation("list-orders")?.query)
        #expect(query["properties"]?.objectValue?.keys == ["limit", "status", "ids"])
        let schema = try Schema.compile(query)
        #expect(schema.accepts(["limit": 5, "status": "open"]))
        #expect(schema.accepts(["status": ["open", "paid"]]))
        #expect(!schema.accepts(["status": "lost"]))
        #expect(!schema.accepts(["status": ["lost"]]))
        #expect(!schema.accepts(["limit": 500]))
        let notes = api.notes.filter { $0.subject == "list-orders" }.map(\.message)
        #expect(notes.contains("filter is spread over several names, which is not checked"))
        #expect(notes.contains("ids holds a list in one text, whose items are not checked"))
        #expect(notes.contains("the header trace is passed on and not checked"))
    }

    @Test("what only answers have is not required of requests, in a file of its own")
    func directions() throws {
        let api = try Documents.openAPI(Self.shop)
        let operation = try #require(api.operation("create-order"))
        #expect(api.schemas.keys.sorted() == ["Order.json", "Order.request.json"])
        let (body, answer) = (try api.compiled(operation.body), try api.compiled(operation.answer))
        #expect(body.accepts(["total": nil]))
        #expect(!body.accepts(["id": 1]))
        #expect(!body.accepts(["total": 1, "parent": ["id": 1]]))
        #expect(!answer.accepts(["total": 1]))
        #expect(answer.accepts(["id": 1, "total": 1, "parent": ["id": 2, "total": nil]]))
        #expect(!answer.accepts(["id": 1, "total": 1, "parent": ["id": 2]]))
    }

    @Test("examples of the document become a call where every needed part has one")
    func examples() throws {
        let api = try Documents.openAPI(Self.shop)
        #expect(api.operation("get-order")?.examples.map(\.input) == [["path": ["order_id": 7]]])
        #expect(api.operation("create-order")?.examples.map(\.input) == [["body": ["id": 7, "total": 12.5]]])
        #expect(api.operation("list-orders")?.examples == [])
    }

    private static let named = Documents.one(
        """
        post:
          parameters:
            - name: lang
              in: query
              schema: { type: string }
              examples: { small: { value: de }, large: { value: en } }
            - { name: unit, in: query, required: true, schema: { enum: [m2, ft2] } }
          requestBody:
            content:
              application/json:
                schema: { type: object }
                examples:
                  Small Order: { value: { n: 1 } }
                  large: { $ref: "#/components/examples/large" }
                  far: { externalValue: "https://evil.example/x.json" }
                  lost: { $ref: "#/components/examples/none" }
                  keyed: { value: { key: sk_test_4eC39HqLyjWDarjtT1zdp7dc } }
                  twin: { value: { n: 1 } }
        """, components: "components: { examples: { large: { value: { n: 9 } } } }")

    @Test(
        "examples with names are calls with these names; parts of the same name belong together, others give their first"
    )
    func namedExamples() throws {
        let operation = try #require(try Documents.openAPI(Self.named).operations.first)
        #expect(
            operation.shown == [
                #"small {"query":{"lang":"de","unit":"m2"},"body":{"n":1}}"#,
                #"large {"query":{"lang":"en","unit":"m2"},"body":{"n":9}}"#,
            ])
    }

    @Test("an example that cannot be read, or shows a key, is left out, the first with a note")
    func unreadableExamples() throws {
        let api = try Documents.openAPI(Self.named)
        let notes = api.notes.map(\.message)
        #expect(notes.contains("the example far of its content cannot be read"))
        #expect(notes.contains("the example lost of its content cannot be read"))
        #expect(!api.operations[0].examples.contains { $0.input.text.contains("sk_test") })
    }

    @Test("a thousand examples are not a thousand calls")
    func manyExamples() throws {
        let values = (0..<1000).map { "e\($0): { value: v\($0) }" }.joined(separator: ", ")
        let api = try Documents.openAPI(
            Documents.one(
                """
                get:
                  parameters:
                    - { name: q, in: query, required: true, schema: { type: string }, examples: { \(values) } }
                """))
        #expect(api.operations[0].examples.count == 8)
    }

    @Test("a path that stands in another file counts by the methods it has there")
    func referredPaths() throws {
        let text = """
            openapi: 3.1.0
            info: { title: Things, version: "1" }
            servers: [{ url: https://api.example.com }]
            paths: { /things: { $ref: "paths/things.yaml" }, /others: { get: { tags: [b] } } }
            """
        let document = try SourceDocument.read(Array(text.utf8), file: "api.yaml")
        let reader = try Documents.reader(
            document, siblings: ["paths/things.yaml": "get: { tags: [a, b] }\npost: { operationId: makeThing }"])
        #expect(reader.origins == ["GET /things", "POST /things", "GET /others"])
        #expect(reader.tags.map { "\($0.name) \($0.count)" } == ["b 2", "a 1"])
        #expect(throws: ImportError.self) { try Documents.reader(document) }
    }

    @Test(
        "filters choose by operation, tag and path",
        arguments: [
            (["getOrder"], [], [], ["get-order"]), (["list-orders"], [], [], ["list-orders"]),
            (["PUT /tags"], [], [], ["put-tags"]), ([], ["orders"], [], ["list-orders", "create-order", "get-order"]),
            ([], [], ["/orders"], ["list-orders", "create-order"]), ([], [], ["/orders/*"], ["get-order"]),
        ] as [([String], [String], [String], [String])])
    func filters(_ operations: [String], _ tags: [String], _ paths: [String], _ names: [String]) throws {
        var selection = OpenAPISelection()
        selection.operations = Set(operations)
        selection.tags = Set(tags)
        selection.paths = paths
        let api = try Documents.openAPI(Self.shop, selection: selection)
        #expect(api.operations.map(\.name) == names)
        #expect(api.leftOut == 4 - names.count)
        if names == ["put-tags"] { #expect(api.schemas.isEmpty) }
    }

    @Test("a filter that fits nothing says what there is")
    func noFit() throws {
        var selection = OpenAPISelection()
        selection.tags = ["refunds"]
        let error = #expect(throws: ImportError.self) { try Documents.openAPI(Self.shop, selection: selection) }
        #expect(error?.message == "none of the document's 4 operations is what was asked for")
        #expect(error?.advice == "it has the tags orders")
    }

    @Test("names that would be the same get a mark that does not depend on their order")
    func collisions() {
        let first = OperationNames.Origin(given: "getThing", method: "GET", path: "/a")
        let second = OperationNames.Origin(given: "get_thing", method: "GET", path: "/b")
        let names = OperationNames.names(for: [first, second])
        #expect(Set(names).count == 2)
        #expect(OperationNames.names(for: [second, first]) == names.reversed())
        let odd = OperationNames.names(for: [
            .init(given: "2fa", method: "POST", path: "/x"), .init(given: "Größe", method: "GET", path: "/y"),
            .init(given: "名前", method: "GET", path: "/v1/z/{id}"),
            .init(given: String(repeating: "long-", count: 40), method: "GET", path: "/y"),
            .init(given: "HTTPServerURL2x", method: "GET", path: "/q"),
        ])
        #expect(odd[0] == "op-2fa")
        #expect(odd[1] == "gr-e")
        #expect(odd[2] == "get-v1-z-id")
        #expect(odd[3].utf8.count <= 64)
        #expect(odd[4] == "http-server-url2x")
    }

    @Test("a payment is guessed from a word of path or name, never from a read")
    func risks() {
        #expect(RiskGuess.risk(method: "POST", path: "/v1/refunds", name: "x") == .payment)
        #expect(RiskGuess.risk(method: "POST", path: "/v1/x", name: "capturePayment") == .payment)
        #expect(RiskGuess.risk(method: "GET", path: "/v1/refunds", name: "x") == .read)
        #expect(RiskGuess.risk(method: "POST", path: "/v1/repayments", name: "x") == .write)
        #expect(RiskGuess.risk(method: "DELETE", path: "/v1/{payment}", name: "x") == .write)
    }

    @Test("what the inventory cannot hold is left out with the reason")
    func unfitPaths() throws {
        let api = try Documents.openAPI(
            """
            openapi: 3.1.0
            paths:
              /compare/{a}...{b}: { get: { operationId: compare } }
              /ok: { get: { operationId: ok }, trace: { operationId: trace } }
            """)
        #expect(api.operations.map(\.name) == ["ok"])
        #expect(api.notes.contains { $0.subject == "compare" && $0.message.contains("only one parameter") })
    }

    @Test(
        "of several ways to show a key, the one that hides it best is taken",
        arguments: [
            ("{ type: http, scheme: bearer }", ImportedAuth.bearer), ("{ type: http, scheme: basic }", .basic),
            ("{ type: apiKey, in: query, name: key }", .query("key")), ("{ type: oauth2, flows: {} }", .bearer),
            ("{ type: apiKey, in: cookie, name: sid }", nil), ("{ type: mutualTLS }", nil),
        ] as [(String, ImportedAuth?)])
    func ways(_ scheme: String, _ auth: ImportedAuth?) throws {
        let api = try Documents.openAPI(
            """
            openapi: 3.0.0
            security: [{ a: [] }]
            paths: { /x: { get: {} } }
            components: { securitySchemes: { a: \(scheme) } }
            """)
        #expect(api.auth == auth)
        #expect((auth == nil) == api.notes.contains { $0.message.contains("not known here") })
    }
}
