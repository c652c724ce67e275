import Contracts
import Testing

@Suite("Schemas guessed from samples")
struct SchemaInferenceTests {
    private func guess(_ samples: [JSONValue]) -> JSONValue {
        var inference = SchemaInference()
        for sample in samples { inference.add(sample) }
        return inference.schema()
    }

    private func texts(_ texts: [String]) -> JSONValue { guess(texts.map { .string($0) }) }

    @Test(
        "types of values",
        arguments: [
            ([1, 2], ["type": "integer"]), ([1, 2.5], ["type": "number"]), ([1, nil], ["type": ["integer", "null"]]),
            ([nil], [:]), ([], [:]), ([true, "x"], ["type": ["string", "boolean"]]), ([[]], ["type": "array"]),
            ([[1], ["a"]], ["type": "array", "items": ["type": ["string", "integer"]]]), ([[:]], ["type": "object"]),
        ] as [([JSONValue], JSONValue)])
    func types(_ samples: [JSONValue], _ schema: JSONValue) {
        #expect(guess(samples) == schema)
    }

    @Test("a member is required when at least two objects had it, and all")
    func required() {
        #expect(guess([["a": 1]])["required"] == nil)
        #expect(guess([["a": 1, "b": 1], ["a": 2]])["required"] == ["a"])
        #expect(
            guess([["list": [["x": 1], ["x": 2, "y": 1]]]])["properties"]?["list"]?["items"]?["required"] == ["x"])
    }

    @Test("formats need samples enough, and all of them")
    func formats() {
        #expect(texts(["2024-01-02T03:04:05Z"]) == ["type": "string"])
        #expect(texts(["2024-01-02T03:04:05Z", "2024-01-02T03:04:06Z"]) == ["type": "string", "format": "date-time"])
        #expect(texts(["2024-01-02", "2024-01-03"]) == ["type": "string", "format": "date"])
        #expect(texts(["2024-01-02", "2024-13-03"]) == ["type": "string"])
        #expect(texts(["a@b.example", "c@b.example"]) == ["type": "string"])
        #expect(texts((0..<5).map { "a\($0)@b.example" }) == ["type": "string", "format": "email"])
        #expect(texts((0..<5).map { _ in "a@b.example" }) == ["type": "string"])
        #expect(texts((0..<5).map { "https://b.example/\($0)" }) == ["type": "string", "format": "uri"])
        #expect(texts((0..<5).map { "urn:x:\($0)" }) == ["type": "string"])
    }

    @Test("an enumeration needs many samples of few words")
    func enumerations() {
        let words = (0..<21).map { ["open", "paid", "void"][$0 % 3] }
        #expect(texts(words) == ["type": "string", "enum": ["open", "paid", "void"]])
        #expect(texts(Array(words.prefix(19)))["enum"] == nil)
        #expect(texts(words + ["lost"])["enum"] == nil)
        #expect(texts((0..<40).map { "two words \($0 % 2)" })["enum"] == nil)
        #expect(texts((0..<40).map { "word\($0 % 9)" })["enum"] == nil)
        #expect(
            guess(words.map { .string($0) } + [nil]) == [
                "type": ["string", "null"], "enum": ["open", "paid", "void", nil],
            ])
        #expect(guess(words.map { ["api_key": .string($0)] })["properties"]?["api_key"] == ["type": "string"])
    }

    @Test("whole numbers of measures stay numbers until many were seen")
    func measures() {
        #expect(
            guess([["unitPrice": 1, "count": 2]])["properties"] == [
                "unitPrice": ["type": "number"], "count": ["type": "integer"],
            ])
        #expect(guess((0..<20).map { ["price": JSONValue($0)] })["properties"]?["price"] == ["type": "integer"])
    }

    @Test("an object whose names are data is a map")
    func maps() {
        #expect(
            guess([["17": ["a": 1], "18": ["a": 2]]]) == [
                "type": "object",
                "additionalProperties": [
                    "type": "object", "required": ["a"], "properties": ["a": ["type": "integer"]],
                ],
            ])
        #expect(guess([["2024-01-01": 1, "2024-01-02": 2]])["additionalProperties"] == ["type": "integer"])
        let many = (0..<30).map { number in
            JSONValue.object(JSONObject((0..<3).map { ("name\(number * 3 + $0)x", JSONValue($0)) }))
        }
        #expect(guess(many)["additionalProperties"] == ["type": "integer"])
        #expect(guess([["a": 1, "b": 2]])["additionalProperties"] == nil)
    }

    @Test("every sample fits the schema guessed from it, however odd")
    func fits() throws {
        var state: UInt64 = 7
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        func value(_ depth: Int) -> JSONValue {
            switch next(depth > 3 ? 6 : 9) {
            case 0: return nil
            case 1: return JSONValue(next(2) == 0)
            case 2: return JSONValue(next(1000))
            case 3: return JSONValue(Double(next(1000)) / 8)
            case 4: return .string(["open", "paid", "2024-01-02", "a@b.example", "", "\u{0}é"][next(6)])
            case 5: return .string("\(next(5))")
            case 6: return .array((0..<next(4)).map { _ in value(depth + 1) })
            default:
                return .object(
                    JSONObject((0..<next(5)).map { _ in (["a", "b", "17", "price", "é"][next(5)], value(depth + 1)) }))
            }
        }
        for _ in 0..<200 {
            let samples = (0..<(1 + next(30))).map { _ in value(0) }
            let schema = try Schema.compile(guess(samples))
            for sample in samples { #expect(schema.accepts(sample), "\(sample) \(schema.json)") }
        }
    }

    @Test("nesting and names without end are bounded")
    func bounds() throws {
        let deep = String(repeating: "[", count: 400) + String(repeating: "]", count: 400)
        _ = guess([try JSONValue.parse(deep)])
        let wide = JSONValue.object(JSONObject((0..<5000).map { ("n\($0)", JSONValue($0)) }))
        #expect(guess([wide])["additionalProperties"] == ["type": "integer"])
    }
}
