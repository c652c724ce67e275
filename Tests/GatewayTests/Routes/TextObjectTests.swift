import Contracts
import TestSupport
import Testing

@testable import Gateway

@Suite("Parameters as the text of an object")
struct TextObjectTests {
    private func contract(_ text: String) throws -> TextContract {
        let source = try JSONValue.parse(text)
        return TextContract(schema: try Schema.compile(source), source: source)
    }

    /// What the long way makes of a query.
    private func isValid(_ query: String, _ contract: TextContract) -> Bool {
        guard let pairs = FormEncoding.decode(query: query) else { return false }
        var object = JSONObject()
        for (name, text) in pairs {
            let value = contract.value(of: text, named: name)
            if let first = object[name] {
                object[name] = .array((first.arrayValue ?? [first]) + [value])
            } else {
                object[name] = value
            }
        }
        return contract.schema.accepts(JSONValue.object(object))
    }

    @Test("what the short way accepts, the long way accepts too, whatever the query holds")
    func agreesWithTheLongWay() throws {
        let contract = try contract(
            """
            {"type": "object", "required": ["a"], "additionalProperties": false, "properties": {
              "a": {"type": "integer", "minimum": -5, "maximum": 500}, "b": {"type": "string", "maxLength": 4},
              "c": {"type": ["number", "null"]}, "d": {"type": "boolean"}, "e": {"enum": ["x y", "é", "1"]},
              "f": {"type": ["string", "integer"]}, "g": {"type": "array", "items": {"type": "integer"}}}}
            """)
        let scratch = ContractScratch()
        let names = ["a", "a", "a", "b", "c", "d", "e", "f", "g", "%61", "h", "", "a%00", "%zz", "\"", "b%22"]
        let values = [
            "1", "-5", "501", "1.5", "01", "1e2", "", "x", "true", "x+y", "%C3%A9", "%31", "%", "%2", "%22", "%5C",
            "a%0Ab", "null", "-", ".", "1-1", "{}", "1&a=2", "%FF", "longer",
        ]
        var random = SeededRandom(seed: 7)
        func next(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
        var accepted = 0
        for _ in 0..<20_000 {
            let query = (0..<next(4)).map { _ in
                names[next(names.count)] + (next(8) == 0 ? "" : "=" + values[next(values.count)])
            }.joined(separator: "&")
            guard scratch.isValid(query: "/v1/x?" + query, 5, contract) else { continue }
            accepted += 1
            #expect(isValid(query, contract), "\(query)")
        }
        #expect(accepted > 100)
    }

    @Test("the short way decides the usual: numbers, plain text, escapes, a plus for a space")
    func decidesTheUsual() throws {
        let contract = try contract(
            """
            {"type": "object", "properties": {"year": {"type": "integer"}, "name": {"const": "a b/c"}}}
            """)
        let scratch = ContractScratch()
        for query in ["year=2026", "year=2026&name=a+b%2Fc", "name=a%20b/c&", "other=%C3%A9", ""] {
            #expect(scratch.isValid(query: "/x?" + query, 2, contract), "\(query)")
        }
        #expect(scratch.isValid(query: "/x", 2, contract))
        for query in ["year=x", "year=", "name=a%2", "year=1&year=2", "name=%22"] {
            #expect(!scratch.isValid(query: "/x?" + query, 2, contract), "\(query)")
        }
    }
}
