import Contracts
import Testing

@Suite("The JSON tree")
struct JSONValueTests {
    @Test("numbers are equal by value and keep their text")
    func numbers() throws {
        #expect(try JSONValue.parse("1.0") == 1)
        #expect(try JSONValue.parse("1.0").hashValue == JSONValue.number(JSONNumber(1)).hashValue)
        #expect(try JSONValue.parse("-0") == 0)
        #expect(try JSONValue.parse("1e2") == 100)
        #expect(try JSONValue.parse("0.1") == 0.1)
        #expect(try JSONValue.parse("12345678901234567890") != (try JSONValue.parse("12345678901234567891")))
        #expect(try JSONValue.parse("1e400") != (try JSONValue.parse("1e401")))
        #expect(JSONNumber(text: "01") == nil)
        #expect(JSONNumber(text: "1.") == nil)
        #expect(JSONNumber(Double.nan) == nil)
        #expect(JSONNumber(text: "1.5e3")?.int == 1500)
        #expect(JSONNumber(text: "-9223372036854775808")?.int == Int.min)
        #expect(JSONNumber(text: "9223372036854775808")?.int == nil)
        #expect(JSONNumber(text: "-92233720368547758080e-1")?.int == Int.min)
        #expect(JSONNumber(text: "1e99999999999999999999")?.int == nil)
        #expect(JSONNumber(text: "2.5")?.int == nil)
        #expect(JSONNumber(2.0)?.text == "2")
    }

    @Test("objects keep order, ignore it when compared, and find members in large ones")
    func objects() {
        var object: JSONObject = ["b": 1, "a": 2]
        object["c"] = 3
        object["b"] = 4
        #expect(object.keys == ["b", "a", "c"])
        #expect(object == ["a": 2, "c": 3, "b": 4])
        object.append("b", 5)
        #expect(object.keys == ["a", "c", "b"])
        object["a"] = nil
        #expect(object.keys == ["c", "b"])
        var large = JSONObject()
        for number in 0..<1000 { large["k\(number)"] = JSONValue(number) }
        large.remove("k10")
        #expect(large["k10"] == nil)
        #expect(large["k999"] == 999)
        #expect(large.count == 999)
    }

    @Test("members and elements are reached by subscripts, absent ones are nil")
    func access() {
        var value: JSONValue = ["a": [1, "x", true, nil, 2.5]]
        #expect(value["a"]?[1]?.stringValue == "x")
        #expect(value["a"]?[4]?.doubleValue == 2.5)
        #expect(value["a"]?[3]?.isNull == true)
        #expect(value["a"]?[-1] == nil)
        #expect(value["b"]?["c"] == nil)
        value["b"] = ["c": 1]
        value["a"] = nil
        #expect(value.text == #"{"b":{"c":1}}"#)
        #expect(value.value(at: JSONPointer(tokens: ["b", "c"])) == 1)
    }

    @Test("text escapes what JSON demands and nothing else")
    func escapes() {
        let value: JSONValue = ["\"\\/\u{8}\u{c}\n\r\t\u{1}é\u{2028}"]
        #expect(value.text == "[\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001é\u{2028}\"]")
    }

    @Test("pretty text is indented by two spaces")
    func pretty() {
        let value: JSONValue = ["a": [1, [:]], "b": []]
        #expect(value.pretty() == "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}")
    }

    @Test("a document made from a tree is that tree again")
    func tape() {
        let value: JSONValue = ["a": [1, "x\n", [:], []], "b": ["c": nil, "d": false]]
        #expect(JSONDocument(value).value == value)
    }

    @Test("pointers escape and unescape", arguments: ["", "/", "/a~1b/~0", "/0/x"])
    func pointers(text: String) {
        #expect(JSONPointer(text)?.description == text)
        #expect(JSONPointer("x") == nil)
        #expect(JSONPointer("/~2") == nil)
    }
}
