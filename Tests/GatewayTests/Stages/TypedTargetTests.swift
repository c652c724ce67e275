import Contracts
import Inventory
import Testing

@testable import Gateway

@Suite("The target of a typed call")
struct TypedTargetTests {
    private func target(_ input: JSONValue) throws -> String? {
        TypedInput.target(of: Operation(name: "get", method: "GET", path: try PathTemplate("/a/{b}")), input)
    }

    @Test("path and query are written as the corridor writes them")
    func written() throws {
        #expect(try target(["path": ["b": "x y/z"]]) == "/a/x%20y%2Fz")
        #expect(
            try target(["path": ["b": 7], "query": ["q": ["1", 2, true], "r": nil, "s t": "&"]])
                == "/a/7?q=1&q=2&q=true&s%20t=%26")
    }

    @Test("what cannot be written has no target")
    func impossible() throws {
        for input: JSONValue in [
            [:], ["path": ["b": ["x"]]], ["path": ["b": "x"], "query": ["q": [["deep"]]]], ["path": []],
            ["path": ["b": "x"], "query": "q=1"],
        ] {
            #expect(try target(input) == nil)
        }
    }
}
