import Contracts
import Review
import Testing

@testable import footing

@Suite("footing contract")
struct ContractCommandTests {
    private let terminal = Terminal(descriptor: 1, isTerminal: false) { ["LC_ALL": "C.UTF-8"][$0] }

    @Test("equal changes of many operations are told once, the worst first")
    func changeList() {
        let break_ = ContractChange(
            .breaking, .answer, place: "GET /a, 200", pointer: "/kind", rule: "values",
            message: "new values may come: \"x\"")
        var other = break_
        other.place = "GET /b, 200"
        let safe = ContractChange(.safe, .request, place: "GET /a", rule: "operation-added", message: "is new")
        let lines = ChangeList.lines([break_, other, safe], on: terminal)
        #expect(
            lines == [
                "2 breaking, 1 safe: whoever relies on the old version must change.",
                "✗ GET /a, 200 and 1 other place  /kind", "  answer: new values may come: \"x\"", "✓ GET /a",
                "  request: is new",
            ])
        #expect(ChangeList.lines([], on: terminal) == ["Nothing that anybody relies on differs."])
    }

    @Test("two schemas are compared for both sides, a schema with a document is refused")
    func schemas() throws {
        let old: JSONValue = ["type": "object", "properties": ["a": ["type": "integer"]]]
        let new: JSONValue = ["type": "object", "properties": ["a": ["type": "number"]]]
        let changes = try ContractDiff.changes(old, new, nil)
        #expect(changes.map(\.severity) == [.breaking, .safe])
        #expect(changes.map(\.side) == [.answer, .request])
        #expect(ContractDiff.json(changes)["breaking"] == 1)
        #expect(throws: Failure.self) { try ContractDiff.changes(old, ["openapi": "3.0.0"], nil) }
    }

    @Test("only what changed is shown, with a little around it")
    func lineDiff() {
        let before = (1...12).map(String.init).joined(separator: "\n")
        let after = before.replacing("\n6\n", with: "\nsix\n").replacing("\n12", with: "\n12\n13")
        #expect(
            LineDiff.lines(before, after, on: terminal) == [
                "  4", "  5", "- 6", "+ six", "  7", "  8", "  ...", "  11", "  12", "+ 13",
            ])
    }
}
