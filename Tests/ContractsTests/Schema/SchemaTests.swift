import Contracts
import Testing

@Suite("Compiling and explaining schemas")
struct SchemaTests {
    @Test("all faults are told with both locations, what is expected and what is seen")
    func violations() throws {
        let schema = try Schema.compile([
            "type": "object", "required": ["id", "name"], "additionalProperties": false,
            "properties": [
                "name": ["type": "string", "minLength": 3], "age": ["$ref": "#/$defs/age"],
                "tags": ["type": "array", "items": ["enum": ["red", "green"]]],
            ],
            "$defs": ["age": ["type": "integer", "minimum": 0]],
        ])
        let document: JSONValue = ["name": "éé", "age": -1.5, "tags": ["red", "blue", "a secret text!"], "x/y": nil]
        let seen = schema.validate(document).map {
            "\($0.instancePointer) \($0.schemaPointer) | \($0.message) | \($0.expected) | \($0.seen)"
        }
        #expect(
            seen == [
                " #/required | the member id is missing | a member id | nothing",
                "/name #/properties/name/minLength | there are 2 characters, not at least 3 characters"
                    + " | at least 3 characters | string of 2 characters",
                "/age #/$defs/age/type | integer is expected, not number | integer | number",
                "/age #/$defs/age/minimum | the number is not at least 0 | at least 0 | -1.5",
                "/tags/1 #/properties/tags/items/enum | the value is none of those allowed | \"red\", \"green\" | \"blue\"",
                "/tags/2 #/properties/tags/items/enum | the value is none of those allowed | \"red\", \"green\""
                    + " | string of 14 characters",
                "/x~1y #/additionalProperties | the member is not known and no others are allowed | no such member | null",
            ])
        #expect(!schema.accepts(document))
        #expect(schema.validate(["id": 1, "name": "abc"]).count == 1)
    }

    @Test("when only one alternative was meant, its faults are told")
    func alternatives() throws {
        let schema = try Schema.compile([
            "anyOf": [
                ["type": "null"], ["type": "object", "required": ["id"]],
            ]
        ])
        #expect(schema.validate([:]).map(\.message) == ["the member id is missing"])
        #expect(schema.validate("x").map(\.message) == ["the value fits none of the alternatives"])
        let tagged = try Schema.compile([
            "oneOf": [
                ["properties": ["kind": ["const": "cat"], "lives": ["type": "integer"]], "required": ["kind"]],
                ["properties": ["kind": ["const": "dog"], "barks": ["type": "boolean"]], "required": ["kind"]],
            ]
        ])
        #expect(tagged.validate(["kind": "dog", "barks": 1]).map(\.instancePointer) == ["/barks"])
    }

    @Test(
        "a wrong keyword is named by its pointer",
        arguments: [
            (["minLength": "x"], "/minLength"), (["properties": ["a": ["type": "strin"]]], "/properties/a/type"),
            (["$ref": "#/$defs/none"], "/$ref"), (["items": ["$ref": "other.json"]], "/items/$ref"),
            (["pattern": "("], "/pattern"), (["allOf": []], "/allOf"), (["multipleOf": 0], "/multipleOf"),
            (["required": [1]], "/required"), (["properties": ["a/b": 7]], "/properties/a~1b"), ([1], ""),
            (["$schema": "http://json-schema.org/draft-03/schema#"], "/$schema"),
            (["uniqueItems": "yes"], "/uniqueItems"),
            (["patternProperties": ["[": true]], "/patternProperties/["), (["$ref": 5], "/$ref"),
        ] as [(JSONValue, String)])
    func compileErrors(schema: JSONValue, pointer: String) {
        let error = #expect(throws: SchemaError.self) { try Schema.compile(schema) }
        #expect(error?.pointer == pointer)
    }

    @Test("references lead to other documents by their URI")
    func remotes() throws {
        let schema = try Schema.compile(
            ["$ref": "parts/area.json#/$defs/id"], base: "https://example.com/contracts/rent.json",
            remotes: [
                "https://example.com/contracts/parts/area.json": [
                    "$defs": ["id": ["$ref": "../id.json"]]
                ], "https://example.com/contracts/id.json": ["type": "integer"],
            ])
        #expect(schema.accepts(1))
        #expect(schema.validate("x").map(\.schemaPointer) == ["https://example.com/contracts/id.json#/type"])
        let relative = try Schema.compile(["$ref": "b.json"], base: "a.json", remotes: ["b.json": ["type": "null"]])
        #expect(relative.accepts(nil))
        #expect(!relative.accepts(1))
    }

    @Test(
        "a reference that leads back to itself ends as a fault",
        arguments: [
            ["$ref": "#"], ["allOf": [["$ref": "#"]]], ["anyOf": [["type": "string"], ["$ref": "#"]]],
            ["$ref": "#/$defs/a", "$defs": ["a": ["$ref": "#/$defs/b"], "b": ["$ref": "#/$defs/a"]]],
            ["$dynamicAnchor": "x", "$dynamicRef": "#x"],
        ] as [JSONValue])
    func loops(json: JSONValue) throws {
        let schema = try Schema.compile(json)
        #expect(!schema.accepts(1))
        #expect(!schema.validate(1).isEmpty)
    }

    @Test("a recursive schema follows a document down, and refuses one that is too deep for it")
    func recursion() throws {
        let schema = try Schema.compile([
            "allOf": [["anyOf": [["type": "integer"], ["type": "array", "items": ["$ref": "#"]]]]]
        ])
        func document(_ depth: Int, _ core: String) throws -> JSONDocument {
            let text = String(repeating: "[", count: depth) + core + String(repeating: "]", count: depth)
            return try JSONDocument.parse(text, limits: JSONLimits(depth: 1000))
        }
        #expect(schema.accepts(try document(90, "1")))
        #expect(schema.validate(try document(90, "1")).isEmpty)
        #expect(!schema.accepts(try document(90, "true")))
        #expect(!schema.validate(try document(90, "true")).isEmpty)
        #expect(!schema.accepts(try document(999, "1")))
        #expect(!schema.validate(try document(999, "1")).isEmpty)
    }

    @Test("alternatives inside alternatives end within a budget")
    func budget() throws {
        let schema = try Schema.compile([
            "oneOf": [
                ["items": ["$ref": "#"], "minItems": 1], ["items": ["$ref": "#"], "maxItems": 1], ["type": "integer"],
            ]
        ])
        let text = String(repeating: "[", count: 100) + "true" + String(repeating: "]", count: 100)
        let document = try JSONDocument.parse(text)
        #expect(!schema.accepts(document))
        #expect(schema.validate(document).last?.message == "the schema takes too long for this value")
    }

    @Test("numbers are compared exactly, whatever their size")
    func numbers() throws {
        func accepts(_ schema: JSONValue, _ number: String) throws -> Bool {
            try Schema.compile(schema).accepts(JSONDocument.parse(number))
        }
        #expect(try accepts(["multipleOf": 0.01], "19.99"))
        #expect(try accepts(["multipleOf": 0.1], "1e300"))
        #expect(try !accepts(["multipleOf": 3], "1e300"))
        #expect(try accepts(["multipleOf": 3], "3e999999999999"))
        #expect(try !accepts(["multipleOf": 2], "1e-999999999999"))
        #expect(try accepts(["multipleOf": 1e-8], "12391239123"))
        #expect(try !accepts(["maximum": 9007199254740992], "9007199254740993"))
        #expect(try !accepts(["exclusiveMinimum": 1], "1.000"))
        #expect(try accepts(["type": "integer"], "1e400"))
        let far: JSONValue = ["minimum": .number(try #require(JSONNumber(text: "-12345678901234567890123")))]
        #expect(try accepts(far, "-5"))
        #expect(try accepts(far, "1e999999999"))
        #expect(try !accepts(far, "-1e999999999"))
        #expect(try accepts(["exclusiveMinimum": 0.001], "0.0010000000000000000000001"))
        #expect(try !accepts(["maximum": 1e17], "100000000000000000.5"))
        #expect(try !accepts(["type": "integer"], "1.0000000000000000000001"))
        #expect(try accepts(["const": 1], "1.0"))
        let large = try JSONValue.parse("[12345678901234567890]")
        #expect(try !accepts(["enum": large], "12345678901234567891"))
    }

    @Test("many faults are cut off, many elements and names stay quick")
    func large() throws {
        let items = try Schema.compile(["items": ["type": "string"], "uniqueItems": true])
        let numbers = JSONValue.array((0..<20_000).map { JSONValue($0) })
        #expect(items.validate(numbers).count == 1000)
        #expect(try Schema.compile(["uniqueItems": true]).accepts(numbers))
        let members = JSONObject((0..<20_000).map { ("k\($0)", JSONValue($0)) })
        let schema = try Schema.compile(["patternProperties": ["^k[0-9]+$": ["type": "integer"]], "required": ["k1"]])
        #expect(schema.accepts(.object(members)))
    }

    @Test("formats refuse by default and are silent when switched off")
    func formats() throws {
        let json: JSONValue = ["format": "date-time"]
        #expect(try !Schema.compile(json).accepts("yesterday"))
        #expect(try Schema.compile(json).accepts("2026-11-24T23:29:38.123Z"))
        #expect(try Schema.compile(json, options: SchemaOptions(assertsFormats: false)).accepts("yesterday"))
        #expect(try Schema.compile(["format": "shoe-size"]).accepts("x"))
    }

    @Test("duplicates kept for their last value are checked by it")
    func duplicates() throws {
        let schema = try Schema.compile(["properties": ["a": ["type": "string"]], "maxProperties": 1])
        let limits = JSONLimits(duplicateKeys: .keepLast)
        #expect(schema.accepts(try JSONDocument.parse(#"{"a":1,"a":"x"}"#, limits: limits)))
        #expect(!schema.accepts(try JSONDocument.parse(#"{"a":"x","a":1}"#, limits: limits)))
    }

    @Test("internationalised names are in normal form, however they are written")
    func normalForm() throws {
        let schema = try Schema.compile(["format": "idn-hostname"])
        for name in ["caf\u{E9}.fr", "\u{E4}\u{F6}\u{FC}.de", "\u{915}\u{93C}", "\u{3042}", "xn--caf-dma.fr"] {
            #expect(schema.accepts(.string(name)), "\(name)")
        }
        // A letter and a mark, marks out of order, a letter that is always taken apart, and the first as the wire has it.
        for name in ["cafe\u{301}.fr", "a\u{302}\u{301}", "a\u{301}\u{323}", "\u{958}", "xn--cafe-yvc.fr"] {
            #expect(!schema.accepts(.string(name)), "\(name)")
        }
    }
}
