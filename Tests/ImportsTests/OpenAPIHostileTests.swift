import Contracts
import Imports
import TestSupport
import Testing

@Suite("Hostile and broken documents")
struct OpenAPIHostileTests {
    @Test("OpenAPI 2.0 is recognised and the way out named")
    func swagger() {
        let error = Documents.fault("{\"swagger\": \"2.0\", \"paths\": {}}", file: "api.json")
        #expect(error?.message == "this is OpenAPI 2.0, which is not read here")
        #expect(error?.line == 1)
        #expect(error?.advice?.contains("convert it to OpenAPI 3") == true)
        #expect(Documents.fault("openapi: 4.0.0\npaths: {}")?.message == "OpenAPI 4.0.0 is not read here")
        #expect(Documents.fault("log: { entries: [] }")?.advice?.contains("import har") == true)
        #expect(Documents.fault("- a")?.message == "this is no OpenAPI document")
        #expect(Documents.fault("  \n")?.message == "the file is empty")
    }

    @Test("errors name file, line and pointer")
    func places() {
        let text = Documents.one(
            """
            get:
              parameters:
                - { in: query }
            """)
        let error = Documents.fault(text)
        #expect(error?.file == "api.yaml")
        #expect(error?.line == 8)
        #expect(error?.pointer == "/paths/~1things/get/parameters/0")
        #expect(error?.description.hasPrefix("api.yaml:8: a parameter needs \"name\" and \"in\"") == true)
        let json = "{\"openapi\": \"3.0.0\",\n \"paths\": {\n  \"/a\": {\n   \"get\": 5}}}"
        #expect(Documents.fault(json, file: "a.json")?.line == 4)
        #expect(
            Documents.fault("{\"openapi\": \"3.0.0\", \"openapi\": \"3.1.0\"}", file: "a.json")?.message.contains(
                "broken JSON") == true)
        #expect(Documents.fault("openapi: 3.0.0\nopenapi: 3.1.0\n")?.line == 2)
    }

    @Test(
        "references that lead nowhere, to themselves, out of the folder or into the network are refused",
        arguments: [
            ("'#/components/schemas/None'", "leads nowhere"), ("'#anchor'", "does not name a place"),
            ("'../other.yaml#/A'", "leads out of the document's folder"),
            ("'a/../../x.yaml'", "leads out of the document's folder"),
            ("'..\\..\\x.yaml'", "leads out of the document's folder"),
            ("'%2e%2e/x.yaml'", "leads out of the document's folder"),
            ("'/etc/passwd'", "nothing is fetched"), ("'https://evil.example/x.yaml'", "nothing is fetched"),
            ("'file:///etc/passwd'", "nothing is fetched"), ("'missing.yaml#/A'", "cannot be read"),
        ])
    func references(_ reference: String, _ message: String) {
        let text = Documents.one(
            "get: { responses: { '200': { content: { application/json: { schema: { $ref: \(reference) } } } } } }")
        #expect(Documents.fault(text)?.message.contains(message) == true)
    }

    @Test("circles of references end: in schemas they are files, elsewhere an error")
    func circles() throws {
        let text = Documents.one(
            "get: { responses: { '200': { content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } } } }",
            components: """
                components:
                  schemas:
                    A: { type: object, properties: { b: { $ref: "#/components/schemas/B" } } }
                    B: { type: object, properties: { a: { $ref: "#/components/schemas/A" } } }
                """)
        #expect(try Documents.openAPI(text).schemas.count == 2)
        let circle = Documents.one(
            "get: { responses: { '200': { $ref: '#/components/responses/A' } } }",
            components: """
                components:
                  responses: { A: { $ref: "#/components/responses/B" }, B: { $ref: "#/components/responses/A" } }
                """)
        #expect(Documents.fault(circle)?.message == "this reference leads to itself")
        let self1 = Documents.one(
            "get: { responses: { '200': { content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } } } }",
            components: "components: { schemas: { A: { $ref: '#/components/schemas/A' } } }")
        #expect(Documents.fault(self1)?.message == "this reference leads to itself")
        let parameter = Documents.one(
            "get: { parameters: [{ name: q, in: query, schema: { $ref: '#/components/schemas/A' } }] }",
            components: "components: { schemas: { A: { type: array, items: { $ref: '#/components/schemas/A' } } } }")
        #expect(try Documents.openAPI(parameter).operations.count == 1)
    }

    @Test("files below the folder are read, with references of their own")
    func siblings() throws {
        let text = Documents.one(
            "get: { responses: { '200': { content: { application/json: { schema: { $ref: 'parts/a.yaml#/A' } } } } } }")
        let api = try Documents.openAPI(
            text,
            siblings: [
                "parts/a.yaml":
                    "A: { type: object, properties: { b: { $ref: '../b.json' }, c: { $ref: '#/C' } } }\nC: { type: integer }",
                "b.json": "{\"type\": \"string\"}",
            ])
        #expect(Set(api.schemas.keys) == ["A.json", "b.json", "C.json"])
        let contract = try api.compiled(api.operations.first?.answer)
        #expect(contract.accepts(["b": "x", "c": 1]) && !contract.accepts(["b": 1]) && !contract.accepts(["c": "x"]))
    }

    @Test(
        "nesting, size and aliases are bounded", .timeLimit(.minutes(1)),
        arguments: [
            String(repeating: "[", count: 200_000), "a: " + String(repeating: "[", count: 200_000),
            String(repeating: "- ", count: 200_000) + "x", String(repeating: "{\"a\":", count: 200_000),
            "a: " + String(repeating: "{a: ", count: 5000),
            "a: &a [x, x, x, x, x, x, x, x, x]\n"
                + (0..<12).map { level in
                    let (name, last) = (
                        Character(UnicodeScalar(UInt8(98 + level))), Character(UnicodeScalar(UInt8(97 + level)))
                    )
                    return "\(name): &\(name) [\(Array(repeating: "*\(last)", count: 9).joined(separator: ", "))]\n"
                }.joined(),
            String(repeating: "x", count: 20_000_000), "? [a, b]\n: c\n",
        ])
    func bombs(_ text: String) {
        #expect(Documents.fault(text) != nil)
        #expect(Documents.fault(text, file: "api.json") != nil)
    }

    @Test("prose full of stars and question marks is no bomb")
    func prose() throws {
        let lines = (0..<40).map { "    * *point \($0)*: what? `[a]: b` **bold**: & more {x}: y" }.joined(
            separator: "\n")
        let api = try Documents.openAPI(
            "openapi: 3.0.0\ninfo:\n  description: |\n\(lines)\npaths: { /x: { get: {} } }\n")
        #expect(api.operations.count == 1)
    }

    @Test("a large document is read in seconds", .timeLimit(.minutes(2)))
    func large() throws {
        let api = try Documents.openAPI(LargeDocument.value(operations: 400, schemas: 600).text, file: "large.json")
        #expect(api.operations.count == 400)
        #expect(api.schemas.count > 500)
    }
}
