import Contracts
import Inventory
import Testing

@testable import Gateway

@Suite("An error map gives a provider's failures the project's words")
struct ErrorMapTests {
    private func rule(_ name: String, status: Int? = nil, code: String? = nil, field: String = ErrorRule.standardField)
        -> ErrorRule
    {
        ErrorRule(status: status, code: code, field: field, problemCode: name, text: "words")
    }

    private func found(_ map: ErrorMap, _ status: Int, _ body: JSONValue? = nil) -> String? {
        map.rule(status: status, body: body)?.problemCode
    }

    @Test("the first rule that fits decides")
    func order() {
        let map = ErrorMap([
            rule("declined", status: 402, code: "card_declined"), rule("payment", status: 402),
            rule("never", status: 402), rule("other", code: "card_declined"),
        ])
        let declined: JSONValue = ["error": ["code": "card_declined"]]
        #expect(found(map, 402, declined) == "declined")
        #expect(found(map, 402, ["error": ["code": "expired"]]) == "payment")
        #expect(found(map, 402) == "payment")
        #expect(found(map, 400, declined) == "other")
        #expect(found(map, 400) == nil)
    }

    @Test("status and code must both fit where a rule names both")
    func both() {
        let map = ErrorMap([rule("one", status: 400, code: "E1")])
        #expect(found(map, 400, ["error": ["code": "E1"]]) == "one")
        #expect(found(map, 401, ["error": ["code": "E1"]]) == nil)
        #expect(found(map, 400, ["error": ["code": "E2"]]) == nil)
    }

    @Test("a code is met as text or as a number, wherever the rule says it stands")
    func places() {
        let map = ErrorMap([
            rule("number", code: "17", field: "$.fault.number"), rule("list", code: "bad", field: "$.errors[1].code"),
            rule("deep", code: "x", field: "$.rows[0][1]"), rule("dashed", code: "y", field: "$.error-info.error code"),
            rule("top", code: "z", field: "$.code"),
        ])
        #expect(found(map, 500, ["fault": ["number": 17]]) == "number")
        #expect(found(map, 500, ["fault": ["number": "17"]]) == "number")
        #expect(found(map, 500, ["fault": ["number": 17.5]]) == nil)
        #expect(found(map, 500, ["errors": [["code": "good"], ["code": "bad"]]]) == "list")
        #expect(found(map, 500, ["errors": [["code": "bad"]]]) == nil)
        #expect(found(map, 500, ["rows": [["a", "x"]]]) == "deep")
        #expect(found(map, 500, ["error-info": ["error code": "y"]]) == "dashed")
        #expect(found(map, 500, ["code": "z"]) == "top")
    }

    @Test("a body of another shape fits no code and harms nothing")
    func otherShapes() {
        let map = ErrorMap([rule("one", code: "true"), rule("two", status: 500)])
        let bodies: [JSONValue?] = [
            nil, .null, "text", 5, [], ["error": nil], ["error": []], ["error": ["code": true]], ["error": "code"],
        ]
        for body in bodies {
            #expect(found(map, 500, body) == "two")
            #expect(found(map, 501, body) == nil)
        }
    }

    @Test("a rule that names nothing speaks for nothing")
    func empty() {
        #expect(ErrorMap([rule("all")]).isEmpty)
        #expect(found(ErrorMap([]), 500) == nil)
    }

    @Test("the body is asked for only where a rule looks into it")
    func bodyNeeded() {
        let map = ErrorMap([rule("one", status: 402, code: "x"), rule("two", status: 404)])
        #expect(map.needsBody(status: 402))
        #expect(!map.needsBody(status: 404))
        #expect(ErrorMap([rule("any", code: "x")]).needsBody(status: 503))
    }
}
