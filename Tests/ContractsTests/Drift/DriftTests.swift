import Contracts
import Testing

@Suite("Drift")
struct DriftTests {
    private let schema: JSONValue = [
        "type": "object", "required": ["areas"],
        "properties": [
            "areas": [
                "type": "array",
                "items": [
                    "type": "object", "required": ["id", "rent"],
                    "properties": [
                        "id": ["type": "string"], "rent": ["type": "number"], "kind": ["enum": ["flat", "house"]],
                        "extra": ["type": "object", "additionalProperties": ["type": "integer"]],
                    ],
                ],
            ],
            "free": ["type": "object"],
            "closed": ["type": "object", "properties": ["a": true], "additionalProperties": false],
        ],
    ]

    private func findings(_ document: JSONValue) throws -> [DriftFinding] {
        Drift.findings(schema: try Schema.compile(schema), document: document)
    }

    @Test("a payload as agreed gives nothing")
    func clean() throws {
        #expect(try findings(["areas": [["id": "a", "rent": 1, "extra": ["x": 1]]], "free": ["any": 1]]) == [])
    }

    @Test("departures are named by kind, at places with * for indexes, and folded together")
    func kinds() throws {
        let found = try findings([
            "areas": [
                ["id": "a"], ["id": 5, "rent": 2], ["id": "c", "rent": 3, "kind": "boat"], ["id": "d"],
                ["id": "e", "rent": 1, "new": "x"], ["id": "e", "rent": 1, "new": ["deep": 1]],
            ],
            "closed": ["a": 1, "b": 2], "more": nil,
        ])
        let texts = found.map { "\($0.kind.rawValue) \($0.pointer) \($0.seen) x\($0.count) \($0.breaksContract)" }
        #expect(
            texts == [
                "missing /areas/*/rent nothing x2 true", "type /areas/*/id integer x1 true",
                "enum /areas/*/kind \"boat\" x1 true", "unknownField /closed/b integer x1 true",
                "unknownField /areas/*/new string x2 false", "unknownField /more null x1 false",
            ])
        #expect(Set(found.map(\.shape)).count == found.count)
    }

    @Test("the shape is the same in every process")
    func shape() throws {
        let shapes = try findings(["areas": [["id": "a"]]]).map(\.shape)
        #expect(shapes == ["6eef616def59da38"])
        #expect(try findings(["areas": [["id": "b", "rent": 1], ["id": "c"]]]).map(\.shape) == shapes)
    }

    @Test("only the policy and a broken contract make a failure")
    func policy() throws {
        let broken = try findings([:])
        let unknown = try findings(["areas": [], "more": 1])
        #expect(DriftPolicy.fail.isFailure(broken))
        #expect(!DriftPolicy.record.isFailure(broken))
        #expect(unknown.count == 1)
        #expect(!DriftPolicy.fail.isFailure(unknown))
    }

    @Test("samples hold no free text")
    func samples() throws {
        let found = try findings(["areas": [["id": "a", "rent": 1, "kind": "Jane Doe, 5 Elm Street"]]])
        #expect(found.map(\.seen) == ["string"])
    }

    @Test("a hundred thousand unknown members are counted quickly")
    func many() throws {
        var object: JSONObject = ["areas": []]
        for number in 0..<100_000 { object["n\(number)"] = 1 }
        #expect(try findings(.object(object)).count == 200)
    }

    @Test("names and numbers of any length make short findings")
    func long() throws {
        var object: JSONObject = ["areas": []]
        object[String(repeating: "n", count: 100_000)] = 1
        object["closed"] = ["a": 1]
        let found = try findings(.object(object))
        #expect(found.map(\.pointer) == ["/*"])
        let number = try JSONValue.parse(String(repeating: "9", count: 900))
        let limits = try Schema.compile(["maximum": 5, "properties": ["a": ["enum": [1]]]])
        for document in [number, ["a": number]] {
            let found = Drift.findings(schema: limits, document: document)
            #expect(found.map(\.seen) == ["integer"] && found.first?.observed == nil)
        }
        var deep: JSONValue = "x"
        var schema: JSONValue = ["type": "integer"]
        for _ in 0..<100 {
            deep = .object(["abcdefghijkl": deep])
            schema = ["properties": ["abcdefghijkl": schema]]
        }
        let pointer = try #require(Drift.findings(schema: try Schema.compile(schema), document: deep).first?.pointer)
        #expect(pointer.utf8.count < 200)
    }
}
