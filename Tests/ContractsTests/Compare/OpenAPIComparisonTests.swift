import Contracts
import TestSupport
import Testing

@Suite("Comparing OpenAPI documents")
struct OpenAPIComparisonTests {
    private static let document: JSONValue = [
        "openapi": "3.0.3", "info": ["title": "Rents", "version": "1"],
        "servers": [["url": "https://api.example.com"]],
        "security": [["key": []]],
        "paths": [
            "/rents/{area}": [
                "parameters": [
                    ["name": "area", "in": "path", "required": true, "schema": ["type": "string"]]
                ],
                "get": [
                    "operationId": "getRent",
                    "parameters": [
                        [
                            "name": "limit", "in": "query",
                            "schema": ["type": "integer", "default": 10, "maximum": 100],
                        ],
                        ["name": "X-Trace", "in": "header", "schema": ["type": "string"]],
                    ],
                    "responses": [
                        "200": [
                            "headers": ["X-Total": ["required": true, "schema": ["type": "integer"]]],
                            "content": ["application/json": ["schema": ["$ref": "#/components/schemas/Rent"]]],
                        ],
                        "4XX": ["content": ["application/json": ["schema": ["type": "object"]]]],
                    ],
                ],
                "post": [
                    "requestBody": [
                        "content": ["application/json": ["schema": ["$ref": "#/components/schemas/Rent"]]]
                    ],
                    "responses": ["201": ["description": "made"]],
                ],
            ]
        ],
        "components": [
            "schemas": [
                "Rent": [
                    "type": "object", "required": ["id", "rent"],
                    "properties": [
                        "id": ["type": "string", "readOnly": true], "rent": ["type": "number", "minimum": 0],
                        "kind": ["type": "string", "enum": ["flat", "house"]],
                        "note": ["type": "string", "nullable": true, "maxLength": 100],
                        "parts": ["type": "array", "items": ["$ref": "#/components/schemas/Rent"]],
                    ],
                ]
            ],
            "securitySchemes": ["key": ["type": "apiKey", "in": "header", "name": "X-Key"]],
        ],
    ]

    /// An edit of the document, and the changes it must bring.
    struct Edit: Sendable, CustomTestStringConvertible {
        let what: String
        let pointer: String
        let value: JSONValue?
        let expected: [String]

        init(_ what: String, _ pointer: String, _ value: JSONValue?, _ expected: String...) {
            self.what = what
            self.pointer = pointer
            self.value = value
            self.expected = expected
        }

        var testDescription: String { what }
    }

    private static let rent = "/components/schemas/Rent"
    private static let item = "/paths/~1rents~1{area}"

    private static func part(_ method: String) -> JSONValue {
        document["paths"]?["/rents/{area}"]?[method] ?? nil
    }

    private static let edits: [Edit] = [
        Edit("a description says nothing", "/info/title", "Other"),
        Edit("an operation is removed", item + "/post", nil, "breaking request operation-removed"),
        Edit("an operation is added", item + "/put", ["responses": ["200": [:]]], "safe request operation-added"),
        Edit(
            "another server", "/servers", [["url": "https://b"]], "breaking request server-removed",
            "safe request server-added"),
        Edit("a parameter must be given", item + "/get/parameters/0/required", true, "breaking request required"),
        Edit("a parameter's type", item + "/get/parameters/0/schema/type", "string", "breaking request type"),
        Edit("a parameter's bound", item + "/get/parameters/0/schema/maximum", 50, "breaking request maximum"),
        Edit("a parameter's wider bound", item + "/get/parameters/0/schema/maximum", 500, "safe request maximum"),
        Edit("a default", item + "/get/parameters/0/schema/default", 20, "risky request default"),
        Edit(
            "a parameter's place", item + "/get/parameters/0/in", "header", "breaking request parameter-moved",
            "safe request parameter-added"),
        Edit("a parameter's style", item + "/get/parameters/0/explode", false, "breaking request explode"),
        Edit("what was meant anyhow", item + "/get/parameters/0/explode", true),
        Edit("a parameter is removed", item + "/get/parameters", [], "risky request parameter-removed"),
        Edit("the body must be given", item + "/post/requestBody/required", true, "breaking request required"),
        Edit(
            "a media type", item + "/post/requestBody/content", ["text/xml": [:]],
            "breaking request media-type-removed",
            "safe request media-type-added"),
        Edit("a status is removed", item + "/get/responses/200", nil, "breaking answer status-removed"),
        Edit("a status is added", item + "/get/responses/202", [:], "risky answer status-added"),
        Edit(
            "a status that was covered by its class", item + "/get/responses/404",
            [
                "content": ["application/json": ["schema": ["type": "object"]]]
            ]),
        Edit("a header is removed", item + "/get/responses/200/headers", [:], "breaking answer header-removed"),
        Edit(
            "a header may be missing", item + "/get/responses/200/headers/X-Total/required", false,
            "breaking answer required"),
        Edit(
            "a value is added to an enum", rent + "/properties/kind/enum", ["flat", "house", "boat"],
            "breaking answer values", "safe request values"),
        Edit(
            "a value is taken out of an enum", rent + "/properties/kind/enum", ["flat"], "breaking request values",
            "safe answer values"),
        Edit(
            "a member may be null", rent + "/properties/rent/nullable", true, "breaking answer type",
            "safe request type"),
        Edit(
            "a member may not be null", rent + "/properties/note/nullable", false, "breaking request type",
            "safe answer type"),
        Edit(
            "a member need not be there", rent + "/required", ["id"], "breaking answer required",
            "safe request required"),
        Edit(
            "a member must be there", rent + "/required", ["id", "rent", "kind"], "breaking request required",
            "safe answer required"),
        Edit("a member that only answers have must be there", rent + "/required", ["rent"], "breaking answer required"),
        Edit(
            "a member is added", rent + "/properties/extra", ["type": "string"], "risky request undeclared",
            "safe answer undeclared"),
        Edit(
            "a member is removed", rent + "/properties/note", nil, "risky answer undeclared", "risky request undeclared"
        ),
        Edit(
            "the object is closed", rent + "/additionalProperties", false, "breaking request additionalProperties",
            "safe answer additionalProperties"),
        Edit(
            "a member is deprecated", rent + "/properties/note/deprecated", true, "safe request deprecated",
            "safe answer deprecated"),
        Edit("a format", rent + "/properties/note/format", "date", "breaking request format", "safe answer format"),
        Edit(
            "alternatives of which one holds as before", rent + "/properties/note",
            ["anyOf": [["type": "string", "nullable": true, "maxLength": 100], ["type": "integer"]]],
            "breaking answer type", "safe request type"),
        Edit(
            "a discriminator", rent + "/discriminator", ["propertyName": "kind"], "breaking request discriminator",
            "breaking answer discriminator"),
        Edit("nobody needs to sign in", "/security", [[:]], "safe request security"),
        Edit("more is needed to sign in", "/security", [["key": [], "other": []]], "breaking request security"),
        Edit("another sign-in is possible too", "/security", [["key": []], ["other": []]], "safe request security"),
        Edit(
            "a sign-in works another way", "/components/securitySchemes/key/name", "X-Other",
            "breaking request security-scheme"),
        Edit(
            "the name of a path parameter means nothing", "/paths",
            [
                "/rents/{place}": [
                    "parameters": [["name": "place", "in": "path", "required": true, "schema": ["type": "string"]]],
                    "get": part("get"),
                    "post": part("post"),
                ]
            ]),
        Edit(
            "a schema that leads nowhere", item + "/post/requestBody/content/application~1json/schema/$ref",
            "#/nowhere",
            "risky request schema"),
    ]

    @Test("each change is found and judged", arguments: edits)
    func edit(edit: Edit) throws {
        let pointer = try #require(JSONPointer(edit.pointer))
        let changed = Self.set(Self.document, pointer.tokens[...], edit.value)
        #expect(changed != Self.document)
        var comparison = OpenAPIComparison(old: Self.document, new: changed)
        let found = comparison.run()
        let kinds = Set(found.map { "\($0.severity.rawValue) \($0.side.rawValue) \($0.rule)" })
        #expect(
            kinds == Set(edit.expected), "\(found.map { "\($0.severity) \($0.place) \($0.pointer) \($0.message)" })")
    }

    @Test("the same document is the same, also in the words of OpenAPI 3.1")
    func same() {
        var comparison = OpenAPIComparison(old: Self.document, new: Self.document)
        #expect(comparison.run() == [])
        var later = Self.set(Self.document, ["openapi"], "3.1.0")
        later = Self.set(
            later, JSONPointer(Self.rent + "/properties/note")!.tokens[...],
            [
                "type": ["string", "null"], "maxLength": 100,
            ])
        var other = OpenAPIComparison(old: Self.document, new: later)
        #expect(other.run() == [])
    }

    @Test("what a webhook sends is judged as an answer")
    func webhooks() {
        func document(_ type: JSONValue) -> JSONValue {
            [
                "openapi": "3.1.0",
                "webhooks": [
                    "paid": ["post": ["requestBody": ["content": ["application/json": ["schema": ["type": type]]]]]]
                ],
            ]
        }
        var comparison = OpenAPIComparison(old: document("integer"), new: document("number"))
        #expect(
            comparison.run().map { "\($0.severity.rawValue) \($0.side.rawValue) \($0.rule)" } == [
                "breaking answer type"
            ])
        var harmless = OpenAPIComparison(old: document("number"), new: document("integer"))
        #expect(harmless.run().map(\.severity) == [.safe])
    }

    @Test("schemas that double at every level, refer to themselves or nest deep are compared within bounds")
    func bombs() throws {
        var definitions = JSONObject()
        for level in 0..<60 {
            let next: JSONValue = ["$ref": .string("#/$defs/l\(level + 1)")]
            definitions["l\(level)"] = ["properties": ["a": ["anyOf": [next, ["items": next]]], "b": next]]
        }
        definitions["l60"] = ["type": "string"]
        let old = try Schema.compile(["$ref": "#/$defs/l0", "$defs": .object(definitions)])
        definitions["l60"] = ["type": "integer"]
        let new = try Schema.compile(["$ref": "#/$defs/l0", "$defs": .object(definitions)])
        let clock = ContinuousClock()
        let took = clock.measure {
            #expect(SchemaComparison(old: old, new: new).changes(for: .request).contains { $0.severity > .safe })
            #expect(SchemaComparison(old: old, new: old).changes(for: .request) == [])
        }
        #expect(took < .seconds(20))
        let endless = try Schema.compile(["$ref": "#/$defs/a", "$defs": ["a": ["allOf": [["$ref": "#/$defs/a"]]]]])
        #expect(SchemaComparison(old: endless, new: old).changes(for: .answer).contains { $0.severity > .safe })
    }

    private static func set(_ json: JSONValue, _ tokens: ArraySlice<String>, _ value: JSONValue?) -> JSONValue {
        guard let token = tokens.first else { return value ?? .null }
        let rest = tokens.dropFirst()
        switch json {
        case .object(var object):
            if rest.isEmpty, value == nil {
                object.remove(token)
            } else {
                object[token] = set(object[token] ?? [:], rest, value)
            }
            return .object(object)
        case .array(var elements):
            guard let index = Int(token), elements.indices.contains(index) else { return json }
            elements[index] = set(elements[index], rest, value)
            return .array(elements)
        default: return set([:], tokens, value)
        }
    }

    @Test("a callback that is inside of itself comes to an end")
    func endlessCallback() {
        func document(_ summary: JSONValue) -> JSONValue {
            [
                "openapi": "3.0.3", "info": ["title": "Loop", "version": "1"],
                "paths": [
                    "/a": [
                        "post": [
                            "summary": summary, "responses": ["200": ["description": "ok"]],
                            "callbacks": ["again": ["{$request.body#/url}": ["$ref": "#/paths/~1a"]]],
                        ]
                    ]
                ],
            ]
        }
        var same = OpenAPIComparison(old: document("x"), new: document("x"))
        #expect(same.run().isEmpty)
        var other = OpenAPIComparison(old: document("x"), new: document("y"))
        #expect(!other.run().contains { $0.severity == .breaking })
    }

    @Test(
        "a document of a large provider's size, slightly changed, is compared as a whole: what all operations share once"
    )
    func large() throws {
        let old = LargeDocument.value(operations: 12, schemas: 16)
        var new = old
        let thing = "thing7"
        var schemas = new["components"]?["schemas"] ?? [:]
        schemas[thing]?["required"] = ["id"]
        schemas[thing]?["properties"]?["id"]?["maxLength"] = 9000
        schemas["thing11"]?["properties"]?["more"] = ["type": "string"]
        new["components"]?["schemas"] = schemas
        new["paths"]?["/v1/things3/{id}"] = nil
        let clock = ContinuousClock()
        var changes: [ContractChange] = []
        let time = clock.measure {
            var comparison = OpenAPIComparison(old: old, new: new)
            changes = comparison.run()
        }
        print("Comparing \(old.text.utf8.count >> 10) KB with a changed version: \(time)")
        #expect(changes.contains { $0.rule == "operation-removed" && $0.place.contains("/v1/things3/{id}") })
        #expect(changes.contains { $0.severity == .breaking && $0.place.contains("/v1/things7/{id}") })
        var same = OpenAPIComparison(old: old, new: old)
        #expect(same.run().isEmpty)
    }
}
