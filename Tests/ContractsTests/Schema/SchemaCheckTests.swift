import Contracts
import Testing

@Suite("Judging bytes on an event loop")
struct SchemaCheckTests {
    private static func check(_ schema: Schema, _ text: String, _ scratch: JSONScratch) -> SchemaVerdict {
        Array(text.utf8).withUnsafeBytes { schema.check($0, with: scratch) }
    }

    @Test("the verdict tells good, undeclared, bad and no JSON apart, one scratch after the other")
    func verdicts() throws {
        let schema = try Schema.compile([
            "type": "object", "required": ["id"],
            "properties": ["id": ["type": "integer"], "more": ["type": "object"]],
        ])
        let scratch = JSONScratch()
        for _ in 0..<3 {
            #expect(Self.check(schema, #"{"id":1}"#, scratch) == .valid)
            #expect(scratch.value == ["id": 1])
            #expect(Self.check(schema, #" {"more":{"any":1}, "id":1.0} "#, scratch) == .valid)
            #expect(Self.check(schema, #"{"id":1,"new":[{"deep":true}]}"#, scratch) == .undeclared)
            #expect(Self.check(schema, #"{"id":1.5}"#, scratch) == .invalid)
            #expect(Self.check(schema, #"{"more":{}}"#, scratch) == .invalid)
            #expect(Self.check(schema, #"{"id":1"#, scratch) == .notJSON)
            #expect(scratch.value == nil)
            #expect(Self.check(schema, "", scratch) == .notJSON)
        }
        #expect(SchemaVerdict.valid.isValid && SchemaVerdict.undeclared.isValid && !SchemaVerdict.notJSON.isValid)
    }

    @Test(
        "undeclared members are seen exactly where drift finds some, also through references and alternatives",
        arguments: [
            #"{"a":1,"b":2}"#, #"{"a":1,"b":2,"c":3}"#, #"{"pet":{"kind":"cat","lives":9}}"#,
            #"{"pet":{"kind":"cat","barks":true}}"#, #"{"pet":{"kind":"dog","barks":true}}"#, #"{"x-1":1}"#,
            #"{"list":[{"p":1},{"p":1,"q":2}]}"#, #"{"map":{"any":{"p":1}}}"#, #"{"map":{"any":{"q":1}}}"#, "{}", "[]",
        ])
    func undeclared(text: String) throws {
        let schema = try Schema.compile([
            "allOf": [["properties": ["a": true]], ["$ref": "#/$defs/more"]],
            "$defs": [
                "more": [
                    "properties": [
                        "b": true, "list": ["items": ["$ref": "#/$defs/point"]],
                        "map": ["additionalProperties": ["$ref": "#/$defs/point"]],
                        "pet": [
                            "oneOf": [
                                [
                                    "type": "object", "required": ["kind"],
                                    "properties": ["kind": ["const": "cat"], "lives": ["type": "integer"]],
                                ],
                                [
                                    "type": "object", "required": ["kind"],
                                    "properties": ["kind": ["const": "dog"], "barks": ["type": "boolean"]],
                                ],
                            ]
                        ],
                    ], "patternProperties": ["^x-": true],
                ], "point": ["properties": ["p": true]],
            ],
        ])
        let verdict = Self.check(schema, text, JSONScratch())
        let findings = Drift.findings(schema: schema, document: try JSONValue.parse(text))
        #expect(verdict.isValid)
        #expect((verdict == .undeclared) == !findings.isEmpty)
    }

    @Test("alternatives told apart by a member's text are judged like any others")
    func switches() throws {
        let alternatives: JSONValue = [
            ["required": ["k"], "properties": ["k": ["const": "a"], "v": ["type": "integer"]]],
            ["required": ["k"], "properties": ["k": ["enum": ["b", "c"]], "v": ["type": "string"]]],
        ]
        for keyword in ["oneOf", "anyOf"] {
            let schema = try Schema.compile(.object([keyword: alternatives]))
            let scratch = JSONScratch()
            for (text, isValid) in [
                (#"{"k":"a","v":1}"#, true), (#"{"v":"x","k":"c"}"#, true), (#"{"k":"a","v":"x"}"#, false),
                (#"{"k":"d"}"#, false), (#"{"k":1}"#, false), ("{}", false), (#"{"k":"\u0062"}"#, true),
            ] {
                #expect(Self.check(schema, text, scratch).isValid == isValid, "\(text)")
                #expect(try schema.validate(JSONValue.parse(text)).isEmpty == isValid, "\(text)")
            }
            #expect(Self.check(schema, "5", scratch).isValid == (keyword == "anyOf"))
        }
    }

    @Test("names of any length are told apart, whether their hashes meet or not")
    func names() throws {
        let long = String(repeating: "x", count: 40)
        var properties = JSONObject()
        for name in ["", "a", "ab", "1234567", "12345678", "123456789", long + "1" + long, long + "2" + long] {
            properties[name] = ["const": .string(name)]
        }
        let schema = try Schema.compile(["properties": .object(properties), "additionalProperties": false])
        for (name, _) in properties {
            let good = JSONValue.object([name: .string(name)]).text
            #expect(Self.check(schema, good, JSONScratch()) == .valid)
            #expect(Self.check(schema, JSONValue.object([name: "other"]).text, JSONScratch()) == .invalid)
        }
        for name in ["b", "123456780", long + "3" + long] {
            #expect(Self.check(schema, JSONValue.object([name: 1]).text, JSONScratch()) == .invalid)
        }
    }

    @Test("more names are required than fit one word")
    func manyRequired() throws {
        let names = (0..<100).map { "n\($0)" }
        let schema = try Schema.compile(["required": JSONValue(names)])
        let all = JSONObject(names.map { ($0, JSONValue(1)) })
        var most = all
        most.remove("n77")
        #expect(Self.check(schema, JSONValue.object(all).text, JSONScratch()).isValid)
        #expect(!Self.check(schema, JSONValue.object(most).text, JSONScratch()).isValid)
        #expect(schema.validate(.object(most)).map(\.member) == ["n77"])
    }

    @Test("a payload cut short at any byte is judged without a crash")
    func truncated() throws {
        let schema = try Schema.compile(["properties": ["a": ["items": ["pattern": "^[a-z]+$"]]]])
        let whole = Array(#"{"a":["abc","é",1e5,"\ud83d\ude00"],"b":{"c":[true,null]}}"#.utf8)
        let scratch = JSONScratch()
        for length in 0..<whole.count {
            #expect(whole.prefix(length).withUnsafeBytes { schema.check($0, with: scratch) } == .notJSON)
        }
    }

    @Test("hostile payloads cost little and say what they are")
    func hostile() throws {
        let schema = try Schema.compile([
            "additionalProperties": ["minimum": 0], "patternProperties": ["^(a+)+$": false], "uniqueItems": true,
        ])
        let scratch = JSONScratch()
        #expect(Self.check(schema, String(repeating: "[", count: 65_536), scratch) == .notJSON)
        #expect(Self.check(schema, #"{"b":1e999999999}"#, scratch) == .undeclared)
        #expect(Self.check(schema, #"{"b":-1e999999999}"#, scratch) == .invalid)
        let long = String(repeating: "a", count: 10_000_000)
        #expect(Self.check(schema, "{\"\(long)!\":1}", scratch) == .undeclared)
        #expect(Self.check(schema, "{\"\(long)\":1}", scratch) == .invalid)
        #expect(Self.check(schema, #"{"b":1}"#, scratch) == .undeclared)
        let names = (0..<20_000).map { "\"12345678\($0 + 10_000)87654321\":1" }.joined(separator: ",")
        #expect(Self.check(schema, "{\(names)}", scratch) == .undeclared)
        #expect(Self.check(schema, "{\(names),\"b\":1,\"b\":2}", scratch) == .notJSON)
    }
}
