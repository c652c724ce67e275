import Contracts
import Testing

@Suite("Schema objects of OpenAPI")
struct SchemaOpenAPITests {
    private func accepts(
        _ schema: JSONValue, _ value: JSONValue, _ draft: SchemaDraft = .openAPI30,
        _ direction: SchemaOptions.Direction = .any
    ) throws -> Bool {
        try Schema.compile(schema, options: SchemaOptions(draft: draft, direction: direction)).accepts(value)
    }

    @Test("3.0 allows null where it says nullable")
    func nullable() throws {
        #expect(try accepts(["type": "string", "nullable": true], nil))
        #expect(try !accepts(["type": "string"], nil))
        #expect(try !accepts(["type": "string", "nullable": true, "enum": ["a"]], nil))
    }

    @Test("3.0 has switches for exclusive limits, and a reference stands alone")
    func older() throws {
        #expect(try !accepts(["minimum": 1, "exclusiveMinimum": true], 1))
        #expect(try accepts(["minimum": 1, "exclusiveMinimum": false], 1))
        let schema: JSONValue = [
            "properties": ["a": ["$ref": "#/components/schemas/A", "maxLength": 1]],
            "components": ["schemas": ["A": ["type": "string"]]],
        ]
        #expect(try accepts(schema, ["a": "long"]))
        #expect(try !accepts(schema, ["a": 1]))
        #expect(try accepts(["const": 1], 2))
        #expect(try accepts(["patternProperties": ["a": false]], ["a": 2]))
    }

    @Test("formats of numbers and base64 are checked")
    func formats() throws {
        #expect(try accepts(["type": "integer", "format": "int32"], 2_147_483_647))
        #expect(try !accepts(["type": "integer", "format": "int32"], 2_147_483_648))
        #expect(try accepts(["format": "int64"], JSONValue.parse("-9223372036854775808")))
        #expect(try !accepts(["format": "int64"], JSONValue.parse("9223372036854775808")))
        #expect(try accepts(["format": "byte"], "Zm9v"))
        #expect(try !accepts(["format": "byte"], "Zm9"))
        #expect(try accepts(["format": "int32"], 2_147_483_648, .draft2020))
    }

    @Test("members that go one way only are not required the other way")
    func directions() throws {
        let schema: JSONValue = [
            "required": ["id", "password"],
            "properties": ["id": ["readOnly": true], "password": ["writeOnly": true]],
        ]
        for draft in [SchemaDraft.openAPI30, .openAPI31] {
            #expect(try accepts(schema, ["password": "x"], draft, .request))
            #expect(try !accepts(schema, ["id": 1], draft, .request))
            #expect(try accepts(schema, ["id": 1], draft, .answer))
            #expect(try !accepts(schema, ["id": 1], draft))
        }
    }

    @Test("3.1 is draft 2020-12 with annotations")
    func newer() throws {
        let schema: JSONValue = [
            "$schema": "https://spec.openapis.org/oas/3.1/dialect/base", "type": ["string", "null"],
            "discriminator": ["propertyName": "x"], "example": 5, "xml": [:],
        ]
        #expect(try accepts(schema, nil))
        #expect(try !accepts(schema, 1))
    }
}
