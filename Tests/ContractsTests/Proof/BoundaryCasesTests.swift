import Contracts
import Testing

@Suite("Boundary cases")
struct BoundaryCasesTests {
    private static let contract: JSONValue = [
        "type": "object", "required": ["name", "count"], "additionalProperties": false,
        "properties": [
            "name": ["type": "string", "minLength": 2, "maxLength": 5],
            "count": ["type": "integer", "minimum": 0, "exclusiveMaximum": 10],
            "kind": ["enum": ["a", "b"]],
            "tags": ["type": "array", "minItems": 1, "maxItems": 3, "items": ["$ref": "#/$defs/tag"]],
            "flag": ["type": "boolean"],
        ],
        "$defs": ["tag": ["type": "string", "maxLength": 4]],
    ]

    private func cases(
        _ contract: JSONValue = contract, seed: JSONValue? = nil, isText: Bool = false, limit: Int = 100
    ) throws -> (BoundaryCases, Schema) {
        let schema = try Schema.compile(contract)
        return (BoundaryCases(contract, compiled: schema, seed: seed, isText: isText, limit: limit), schema)
    }

    @Test("every case is what it says: accepted by the contract, or refused")
    func areChecked() throws {
        let (edges, schema) = try cases(seed: ["name": "abc", "count": 3, "tags": ["x"]])
        for edge in edges.cases { #expect(schema.accepts(edge.value) == edge.isValid, "\(edge.name)") }
        #expect(Set(edges.cases.map(\.name)).count == edges.cases.count)
    }

    @Test("lengths, numbers, enumerations, lists and members are tried on both sides of their bounds")
    func coverage() throws {
        let (edges, _) = try cases(seed: ["name": "abc", "count": 3, "tags": ["x"]])
        let valid = edges.cases.filter(\.isValid).map(\.name)
        let invalid = edges.cases.filter { !$0.isValid }.map(\.name)
        for name in [
            "/name at its shortest, 2", "/name at its longest, 5", "/count at its least, 0",
            "/count just within its most",
            "/kind given", "/kind as \"b\"", "/tags left out", "/tags at its longest, 3", "/tags/0 at its longest, 4",
            "/flag given", "/flag as false",
        ] {
            #expect(valid.contains(name), "\(name) in \(valid)")
        }
        for name in [
            "/name left out though it is required", "/name one too short", "/name one too long",
            "/name of another type",
            "/count beyond its least", "/count at the bound of its most, 10", "/kind as a value that is not listed",
            "/tags one too short", "/tags one too long", "/tags/0 one too long",
            "with a member the contract does not allow",
        ] {
            #expect(invalid.contains(name), "\(name) in \(invalid)")
        }
    }

    @Test("a contract with bounds at the ends of the numbers, or that is full of itself, has cases and an end")
    func extremes() throws {
        let bounds: JSONValue = [
            "type": "object", "required": ["a", "b"],
            "properties": [
                "a": ["type": "integer", "exclusiveMinimum": 9_223_372_036_854_775_807],
                "b": ["type": "integer", "exclusiveMaximum": -9_223_372_036_854_775_808],
            ],
        ]
        let far = try JSONValue.parse(#"{"a": 1e30, "b": -1e30}"#)
        #expect(try cases(bounds).0.seed == nil)
        #expect(try !cases(bounds, seed: far).0.cases.isEmpty)
        var members = JSONObject()
        for letter in "abcdefghijklmnopqrstuvwxyz" { members[String(letter)] = ["$ref": "#"] }
        let full = try cases(["type": "object", "properties": .object(members)], seed: [:]).0
        #expect(!full.cases.isEmpty)
        let long: JSONValue = ["type": "string", "minLength": 20_000]
        #expect(try !cases(long, seed: .string(String(repeating: "a", count: 20_000))).0.cases.isEmpty)
    }

    @Test("the same contract gives the same cases, and no more than the limit of each kind")
    func isStableAndBounded() throws {
        let first = try cases(limit: 3).0
        #expect(first.cases == (try cases(limit: 3).0.cases))
        #expect(first.cases.count(where: \.isValid) == 3)
        #expect(first.cases.count { !$0.isValid } == 3)
    }

    @Test("what travels as text is not tried as another JSON type")
    func texts() throws {
        let (edges, _) = try cases(
            ["type": "object", "properties": ["q": ["type": "string"], "n": ["type": "number"]], "required": ["q"]],
            seed: ["q": "x"], isText: true)
        #expect(!edges.cases.contains { $0.name.hasSuffix("of another type") })
        #expect(edges.cases.contains { $0.name == "/n as text" && !$0.isValid })
    }

    @Test("without a seed one is made, also through references, choices and formats")
    func seeds() throws {
        let (edges, schema) = try cases([
            "type": "object", "required": ["at", "who", "any"],
            "properties": [
                "at": ["type": "string", "format": "date-time"], "who": ["$ref": "#/$defs/who"],
                "any": ["oneOf": [["type": "integer", "minimum": 5], ["type": "null"]]],
            ],
            "$defs": [
                "who": ["allOf": [["type": "object", "required": ["id"], "properties": ["id": ["minLength": 3]]]]]
            ],
        ])
        let seed = try #require(edges.seed)
        #expect(schema.accepts(seed))
    }

    @Test("a contract that refers to itself, accepts nothing, or is no object ends in no time")
    func hostile() throws {
        #expect(try cases(false).0.seed == nil)
        #expect(try !cases(true).0.cases.isEmpty == false)
        let circle: JSONValue = [
            "$ref": "#/$defs/a",
            "$defs": ["a": ["type": "object", "required": ["a"], "properties": ["a": ["$ref": "#/$defs/a"]]]],
        ]
        #expect(try cases(circle).0.seed == nil)
        let long = try cases(["type": "string", "maxLength": 1_000_000_000, "minLength": 2_000_000])
        #expect(long.0.seed == nil)
    }

    @Test(
        "a contract of a few lines whose least value fills the memory is refused with a reason, at once",
        arguments: [
            // Lists in lists, members in members, parts in parts, and one large value many times.
            ##"{"type": "array", "minItems": 100, "items": {"$ref": "#"}}"##,
            ##"{"type": "object", "required": ["a", "b"], "properties": {"a": {"$ref": "#"}, "b": {"$ref": "#"}}}"##,
            ##"{"allOf": [{"$ref": "#"}, {"$ref": "#"}, {"$ref": "#"}, {"$ref": "#"}]}"##,
            ##"{"type": "array", "minItems": 100, "items": {"type": "array", "minItems": 100, "items": {"default": [1, 2, 3, 4, 5, 6, 7, 8, 9]}}}"##,
            ##"{"type": "array", "minItems": 100, "items": {"type": "string", "minLength": 10000}}"##,
        ])
    func bombs(_ text: String) throws {
        let contract = try JSONValue.parse(text)
        let made = BoundaryCases(contract, compiled: try Schema.compile(true))
        #expect(made.seed == nil && made.cases.isEmpty)
        #expect(made.fault == "the least value that the contract describes has more than 50000 parts")
        let given = BoundaryCases(contract, compiled: try Schema.compile(true), seed: ["a": 1])
        #expect(given.seed != nil && given.fault == nil)
    }

    @Test("a contract whose parts are all itself is walked to an end, though it has no edge")
    func steps() throws {
        let parts = [JSONValue](repeating: ["$ref": "#"], count: 500)
        let made = BoundaryCases(["allOf": .array(parts)], compiled: try Schema.compile(true), seed: [1])
        #expect(made.seed == [1] && made.cases.isEmpty)
    }
}
