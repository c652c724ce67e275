import Contracts
import Imports
import Testing

@Suite("Schemas of OpenAPI documents")
struct OpenAPISchemaTests {
    /// The contract of an answer with that schema, with the schemas `A` and `B` beside it.
    private func contract(_ schema: String, version: String = "3.0.3", expands: Bool = false) throws -> Schema {
        let api = try api(schema, version: version, expands: expands)
        return try api.compiled(api.operations.first?.answer)
    }

    private func api(_ schema: String, version: String = "3.0.3", expands: Bool = false) throws -> ImportedAPI {
        try Documents.openAPI(
            Documents.one(
                "get: { responses: { \"200\": { content: { application/json: { schema: \(schema) } } } } }",
                components: """
                    components:
                      schemas:
                        A: { type: object, required: [kind, a], properties: { kind: { type: string }, a: { type: integer } } }
                        B: { type: object, required: [kind], properties: { kind: { type: string }, next: { $ref: "#/components/schemas/A" } } }
                    """, version: version), expands: expands)
    }

    @Test(
        "schemas of 3.0 mean as contracts what they mean there",
        arguments: [
            ("{ type: string, nullable: true }", "null", true), ("{ type: string }", "null", false),
            ("{ type: string, nullable: true, enum: [a] }", "null", true),
            ("{ type: string, nullable: true, enum: [a] }", "\"b\"", false),
            ("{ nullable: true, allOf: [{ $ref: '#/components/schemas/A' }] }", "null", true),
            ("{ nullable: true, allOf: [{ $ref: '#/components/schemas/A' }] }", "{}", false),
            ("{ nullable: true, anyOf: [{ type: string }, { type: integer }] }", "null", true),
            ("{ type: number, minimum: 1, exclusiveMinimum: true }", "1", false),
            ("{ type: number, minimum: 1, exclusiveMinimum: true }", "1.5", true),
            ("{ type: number, minimum: 1, exclusiveMinimum: false }", "1", true),
            ("{ type: number, maximum: 1, exclusiveMaximum: true }", "1", false),
            ("{ type: integer, format: int32 }", "2147483648", false), ("{ type: integer, format: int32 }", "7", true),
            ("{ $ref: '#/components/schemas/A', nullable: true }", "null", false),
            ("{ type: file }", "\"anything\"", true), ("{ type: string, format: binary }", "\"x\"", true),
            ("{ type: object, additionalProperties: false, properties: { a: {} } }", "{\"b\": 1}", false),
            ("{ type: object, additionalProperties: { type: integer } }", "{\"b\": 1}", true),
            ("{ type: array, items: { type: integer } }", "[1, \"x\"]", false),
        ])
    func old(_ schema: String, _ value: String, _ isValid: Bool) throws {
        #expect(try contract(schema).accepts(JSONValue.parse(value)) == isValid)
    }

    @Test(
        "schemas of 3.1 are draft 2020-12",
        arguments: [
            ("{ type: [string, 'null'] }", "null", true), ("{ exclusiveMinimum: 1 }", "1", false),
            ("{ const: 5 }", "6", false), ("{ prefixItems: [{ type: string }], items: false }", "[\"a\", 1]", false),
            ("{ $ref: '#/components/schemas/A', required: [b] }", "{\"kind\": \"x\", \"a\": 1}", false),
            ("{ patternProperties: { '^x': { type: integer } } }", "{\"x1\": \"a\"}", false), ("true", "1", true),
            ("{ if: { type: string }, then: { minLength: 2 } }", "\"a\"", false),
        ])
    func new(_ schema: String, _ value: String, _ isValid: Bool) throws {
        #expect(try contract(schema, version: "3.1.0").accepts(JSONValue.parse(value)) == isValid)
    }

    @Test("a translated schema judges like the schema of 3.0 that it came from")
    func sameVerdicts() throws {
        let schemas = [
            "{\"type\": \"integer\", \"minimum\": 3, \"exclusiveMinimum\": true}",
            "{\"type\": \"string\", \"nullable\": true}",
            "{\"type\": \"array\", \"items\": {\"type\": \"string\", \"nullable\": true}, \"minItems\": 1}",
            "{\"type\": \"object\", \"required\": [\"a\"], \"properties\": {\"a\": {\"type\": \"number\", \"maximum\": 4}}}",
            "{\"oneOf\": [{\"type\": \"integer\"}, {\"type\": \"number\", \"minimum\": 10}]}",
            "{\"not\": {\"type\": \"string\"}}", "{\"type\": \"string\", \"maxLength\": 2, \"pattern\": \"^[a-z]*$\"}",
            "{\"type\": \"string\", \"format\": \"date\"}", "{\"enum\": [1, \"a\", null]}",
        ]
        let values: [JSONValue] = [
            nil, true, 1, 3, 4, 12, 2.5, "a", "abc", "2024-02-30", "2024-02-29", [], ["a"], [nil], [1], [:], ["a": 1],
            ["a": 5],
        ]
        for schema in schemas {
            let original = try Schema.compile(JSONValue.parse(schema), options: SchemaOptions(draft: .openAPI30))
            let translated = try contract(schema)
            for value in values {
                #expect(original.accepts(value) == translated.accepts(value), "\(schema) \(value)")
            }
        }
    }

    @Test("a discriminator chooses the one schema that must hold")
    func discriminator() throws {
        let schema = """
            { oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }], \
            discriminator: { propertyName: kind, mapping: { first: '#/components/schemas/A' } } }
            """
        let contract = try contract(schema)
        #expect(contract.accepts(["kind": "first", "a": 1]))
        #expect(!contract.accepts(["kind": "first"]))
        #expect(contract.accepts(["kind": "B"]))
        #expect(!contract.accepts(["kind": "other", "a": 1]))
    }

    @Test("objects that come only when asked for are described by name, or in full on request")
    func expandable() throws {
        let schema = """
            { type: object, properties: { b: { anyOf: [{ type: string }, { $ref: '#/components/schemas/B' }], \
            x-expansionResources: { oneOf: [{ $ref: '#/components/schemas/B' }] } } } }
            """
        let api = try api(schema)
        #expect(api.schemas.isEmpty)
        let short = try contract(schema)
        #expect(short.accepts(["b": "id"]))
        #expect(short.accepts(["b": ["kind": 5]]))
        #expect(!short.accepts(["b": 5]))
        let full = try contract(schema, expands: true)
        #expect(!full.accepts(["b": ["kind": 5]]))
        #expect(full.accepts(["b": ["kind": "x", "next": ["kind": "y", "a": 1]]]))
    }

    @Test("keywords with values they cannot have are left out with a note, not the whole contract")
    func badKeywords() throws {
        let api = try api("{ type: text, minLength: many, pattern: '(', maxLength: 3, required: true }")
        #expect(api.schema(api.operations.first?.answer) == ["maxLength": 3])
        #expect(api.notes.count { $0.message.contains("left out") } == 3)
    }

    @Test("several successes with different schemas are all accepted; an empty one makes drift a record")
    func successes() throws {
        let api = try Documents.openAPI(
            Documents.one(
                """
                post:
                  responses:
                    "200": { content: { application/json: { schema: { type: object } } } }
                    "201": { content: { application/json: { schema: { type: string } } } }
                    "202": { description: later }
                    "204": { description: nothing }
                """))
        let operation = try #require(api.operations.first)
        let contract = try api.compiled(operation.answer)
        #expect(contract.accepts([:]) && contract.accepts("x") && !contract.accepts(5))
        #expect(operation.recordsDrift)
    }

    @Test("credentials in a description never reach a contract")
    func credentials() throws {
        let api = try api(
            "{ type: string, description: \"Use sk_test_4eC39HqLyjWDarjtT1zdp7dc here\", example: sk_test_4eC39HqLyjWDarjtT1zdp7dc }"
        )
        #expect(api.schema(api.operations.first?.answer) == ["description": "Use [kept back] here", "type": "string"])
    }

    @Test("schemas that differ only in the case of their names get files that differ otherwise")
    func caseOfNames() throws {
        let api = try Documents.openAPI(
            Documents.one(
                """
                get: { responses: { "200": { content: { application/json: { schema: { properties: { x: { $ref: "#/components/schemas/Thing" }, y: { $ref: "#/components/schemas/thing" } } } } } } } }
                """, components: "components: { schemas: { Thing: { type: string }, thing: { type: integer } } }"))
        #expect(Set(api.schemas.keys.map { $0.lowercased() }).count == 2)
        let contract = try api.compiled(api.operations.first?.answer)
        #expect(contract.accepts(["x": "a", "y": 1]) && !contract.accepts(["x": 1]))
    }
}
