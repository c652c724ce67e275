import Contracts
import Testing

@Suite("Recorded example")
struct RecordedExampleTests {
    private func example(_ body: JSONValue, request: JSONValue = ["query": ["q": "x"]]) -> RecordedExample {
        RecordedExample(request: request, status: 200, contentType: "application/json", body: body)
    }

    @Test("calls whose members have the same names and types have one name, whatever their values and order")
    func names() {
        let one = example(["a": 1, "list": [["x": "y"], ["x": "z"]]])
        #expect(one.name == example(["list": [["x": "other"]], "a": 2.5]).name)
        #expect(one.name != example(["a": "1", "list": [["x": "y"]]]).name)
        #expect(one.name != example(["a": 1, "list": [["x": "y"]]], request: ["query": [:]]).name)
        #expect(one.name.hasPrefix("200-"))
    }

    @Test("what is written is read back the same")
    func json() throws {
        let one = example(["a": 1])
        #expect(RecordedExample(json: try JSONValue.parse(one.json.encoded())) == one)
        #expect(RecordedExample(json: ["request": [:]]) == nil)
        #expect(RecordedExample(json: 3) == nil)
    }

    @Test("what was kept back breaks no contract and cannot be sent again")
    func gaps() throws {
        let contract = try Schema.compile([
            "type": "object", "properties": ["age": ["type": "integer"], "n": ["type": "integer"]],
        ])
        let masked = example(["age": "[kept back: personal data]", "n": 1])
        #expect(masked.violations(of: contract).isEmpty && masked.hasGaps && masked.isRepeatable)
        #expect(example(["age": "old", "n": 1]).violations(of: contract).count == 1)
        #expect(!example([:], request: ["body": ["token": "[kept back: secret]"]]).isRepeatable)
    }
}
