import Contracts
import Testing

@Suite("Model mapping")
struct ModelMappingTests {
    private let answer: JSONValue = [
        "median_rent": "1450.50", "area": ["name": "Mitte", "id": 7], "items": [["id": "x"]], "open": "true",
        "count": 3.0, "gone": nil,
    ]

    @Test("fields are picked, renamed, given defaults and converted")
    func fields() throws {
        let mapping = try ModelMapping.compile([
            "rent": ["pick": "$.median_rent", "convert": "number"],
            "name": "$.area.name",
            "first": "$.items[0].id",
            "id": ["pick": "$.area.id", "convert": "string"],
            "open": ["pick": "$.open", "convert": "boolean"],
            "count": ["pick": "$.count", "convert": "integer"],
            "missing": "$.nothing.here[3]",
            "through": "$.median_rent.x",
            "fallback": ["pick": "$.gone", "default": "none"],
            "constant": ["default": 1],
            "sum": ["jq": ".area.id + 1"],
        ])
        #expect(
            try mapping.map(answer).text == """
                {"rent":1450.50,"name":"Mitte","first":"x","id":"7","open":true,"count":3,"missing":null,\
                "through":null,"fallback":"none","constant":1,"sum":8}
                """)
    }

    @Test("a whole program maps the whole answer")
    func program() throws {
        let mapping = try ModelMapping.compile(["jq": "{id: .area.id, names: [.items[].id]}"])
        #expect(try mapping.map(answer) == ["id": 7, "names": ["x"]])
        #expect(throws: ModelMappingError.self) { try mapping.map("text") }
    }

    @Test("all wrong fields are named at once")
    func compileErrors() {
        let error = #expect(throws: ModelMappingError.self) {
            try ModelMapping.compile([
                "a": "area.name", "b": ["pick": "$.x", "jq": "."], "c": ["convert": "string"], "d": 1,
                "e": ["pick": "$.x", "convert": "colour"], "f": ["jq": "foo"], "g": ["pik": "$.x"], "h": "$.x[]",
                "ok": "$.x",
            ])
        }
        #expect(error?.findings.map(\.field) == ["a", "b", "c", "d", "e", "f", "g", "h"])
        #expect(error?.findings[5].message == "foo/0 is not defined at line 1")
        #expect(throws: ModelMappingError.self) { try ModelMapping.compile([1]) }
        #expect(throws: ModelMappingError.self) { try ModelMapping.compile(["jq": "(("]) }
    }

    @Test(
        "a value that cannot be converted names its field",
        arguments: [
            ("number", "1,5"), ("integer", "1.5"), ("boolean", "yes"), ("string", [1]), ("integer", [:]),
            ("number", ""),
        ] as [(String, JSONValue)])
    func conversions(kind: String, value: JSONValue) throws {
        let mapping = try ModelMapping.compile(["f": ["pick": "$.v", "convert": .string(kind)]])
        let error = #expect(throws: ModelMappingError.self) { try mapping.map(["v": value]) }
        #expect(error?.findings.map(\.field) == ["f"])
    }

    @Test("a fault in short names fields and kinds, and nothing of a value")
    func summaries() throws {
        let answer: JSONValue = ["name": "Ann", "list": ["Ann"]]
        for (model, summary): (JSONValue, String) in [
            (["jq": ".name | error"], "The jq program raised an error"),
            (["x": ["jq": ".name[0]"]], "x: The jq program failed at a value of type string"),
            (["x": ["jq": ".list | tonumber"]], "x: The jq program failed at a value of type array"),
            (["x": ["jq": "1[.name]"]], "x: The jq program failed at a value of type number"),
            (["x": ["jq": ".list[], .name"]], "x: The program gives 2 results instead of one"),
            (["x": ["pick": "$.name", "convert": "integer"]], "x: a string cannot become an integer"),
        ] {
            let mapping = try ModelMapping.compile(model)
            let error = #expect(throws: ModelMappingError.self) { try mapping.map(answer) }
            #expect(error?.summary == summary)
        }
    }
}
