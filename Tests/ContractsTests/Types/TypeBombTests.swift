import Contracts
import Inventory
import Testing

@Suite("Types of contracts that mean harm")
struct TypeBombTests {
    private static func project(_ contract: JSONValue, model: String? = nil) throws -> Project {
        func source(_ text: String) -> JSONSource {
            JSONSource(text: text, file: "footing/contracts/bomb.json", line: 1)
        }
        let operation = Operation(
            name: "get", method: "GET", path: try PathTemplate("/"), response: source(contract.text),
            model: model.map(source))
        return Project(name: "p", providers: [Provider(name: "rents", operations: [operation])])
    }

    private static func object(_ name: String, _ schema: JSONValue = true) -> JSONValue {
        ["type": "object", "properties": .object([name: schema])]
    }

    @Test("choices below parts multiply; what would be too large is refused, naming the contract")
    func products() throws {
        let parts = (0..<12).map { part -> JSONValue in
            ["anyOf": .array((0..<12).map { Self.object("p\(part)_\($0)") })]
        }
        let project = try Self.project(["allOf": .array(parts)])
        for language in TypedClient.Language.allCases {
            let error = #expect(throws: TypeError.self) { try TypedClient(language).text(of: project) }
            #expect(error?.subject == "rents get answer" && error?.file == "footing/contracts/bomb.json")
        }
    }

    @Test("a part that doubles with every step is refused")
    func doubling() throws {
        var definitions: JSONObject = ["d0": Self.object("x")]
        for step in 1...60 {
            let one: JSONValue = ["$ref": .string("#/$defs/d\(step - 1)")]
            definitions["d\(step)"] = [
                "type": "object",
                "properties": [
                    "a": ["allOf": [one, Self.object("p\(step)")]], "b": ["allOf": [one, Self.object("q\(step)")]],
                ],
            ]
        }
        let project = try Self.project(["$defs": .object(definitions), "$ref": "#/$defs/d60"])
        #expect(throws: TypeError.self) { try TypedClient(.typeScript).text(of: project) }
    }

    @Test("names that fan out and meet again are walked once, with and without a model")
    func fans() throws {
        var definitions: JSONObject = ["a50": Self.object("x", ["type": "string"]), "b50": ["type": "null"]]
        for step in (0..<50).reversed() {
            let both: [JSONValue] = [
                ["$ref": .string("#/$defs/a\(step + 1)")], ["$ref": .string("#/$defs/b\(step + 1)")],
            ]
            definitions["a\(step)"] = ["anyOf": .array(both)]
            definitions["b\(step)"] = ["anyOf": .array(both + [["type": "null"]])]
        }
        let contract: JSONValue = ["$defs": .object(definitions), "$ref": "#/$defs/a0"]
        for model in [nil, #"{"x": "$.x", "y": "$.x.y.z"}"#] {
            let text = try TypedClient(.typeScript).text(of: Self.project(contract, model: model))
            #expect(text.contains("RentsGetAnswer"))
        }
    }

    @Test("names that are each other in a circle all take what one of them takes")
    func circles() throws {
        let contract: JSONValue = [
            "type": "object", "properties": ["a": ["$ref": "#/$defs/a"], "b": ["$ref": "#/$defs/b"]],
            "$defs": [
                "a": ["anyOf": [["$ref": "#/$defs/b"], ["type": "null"]]],
                "b": ["anyOf": [["$ref": "#/$defs/a"], ["type": "string"]]],
            ],
        ]
        let text = try TypedClient(.typeScript).text(of: Self.project(contract))
        #expect(text.contains("export type RentsGetAnswerA = string | null;"))
        #expect(text.contains("export type RentsGetAnswerB = string | null;"))
    }

    @Test("long lists of values, members, names and anchors take no square of their length")
    func lists() throws {
        let words = (0..<60_000).map { JSONValue.string("w\($0)") }
        #expect(throws: TypeError.self) {
            try TypedClient(.swift).text(of: Self.project(["enum": .array(words)]))
        }
        let some = try TypedClient(.typeScript).text(
            of: Self.project(["allOf": [["enum": .array(Array(words[..<15_000]))], ["enum": .array(words)]]]))
        #expect(some.contains("w14999"))
        let members = JSONObject((0..<60_000).map { ("m\($0)", JSONValue.bool(true)) })
        #expect(throws: TypeError.self) {
            try TypedClient(.typeScript).text(of: Self.project(["properties": .object(members)]))
        }
        let same = JSONObject((0..<20_000).map { ("k\($0)", ["x": ["type": "object"]] as JSONValue) })
        let references = JSONObject((0..<20_000).map { ("r\($0)", ["$ref": .string("#/$defs/k\($0)/x")] as JSONValue) })
        #expect(throws: TypeError.self) {
            try TypedClient(.typeScript).text(
                of: Self.project(["properties": .object(references), "$defs": .object(same)]))
        }
        let anchors = JSONObject((0..<4_000).map { ("r\($0)", ["$ref": .string("#none\($0)")] as JSONValue) })
        #expect(try !TypedClient(.typeScript).text(of: Self.project(["properties": .object(anchors)])).isEmpty)
    }

    @Test("a model that puts itself together again and again is of unknown type")
    func models() throws {
        let program = Array(repeating: "{a: ., b: .}", count: 40).joined(separator: " | ")
        let model: JSONValue = ["jq": .string(program)]
        let text = try TypedClient(.typeScript).text(of: Self.project(Self.object("x"), model: model.text))
        #expect(text.contains("export type RentsGetAnswer = unknown;"))
    }
}
