import Contracts
import Testing

@Suite("Reading JSON text")
struct JSONParserTests {
    @Test("member order and number text survive reading and writing")
    func keepsSpelling() throws {
        let text = #"{"z":1.50,"a":[1e3,-0,12345678901234567890],"m":{"y":null,"x":true}}"#
        #expect(try JSONValue.parse(text).text == text)
    }

    @Test(
        "an error names line, column and pointer",
        arguments: [
            ("{\n  \"a\": [1, 2,, 3]\n}", 2, 14, "/a/2"),
            ("{\"a\":{\"b\":tru}}", 1, 11, "/a/b"),
            ("[{\"x\":1},{\"é\":\"\u{1}\"}]", 1, 16, "/1/é"),
            ("[1 2]", 1, 4, "/1"),
            ("", 1, 1, ""),
            ("{\"a/b\":[-]}", 1, 9, "/a~1b/0"),
        ])
    func positions(text: String, line: Int, column: Int, pointer: String) {
        let error = #expect(throws: JSONError.self) { try JSONValue.parse(text) }
        #expect(error?.line == line)
        #expect(error?.column == column)
        #expect(error?.pointer == pointer)
    }

    @Test("a name that comes twice is refused, also when it is spelt with escapes")
    func duplicates() throws {
        let error = #expect(throws: JSONError.self) { try JSONValue.parse(#"{"o":{"ab":1,"c":2,"\u0061b":3}}"#) }
        #expect(error?.message == "A member name comes twice in one object")
        #expect(error?.offset == 19)
        #expect(error?.pointer == "/o/\u{61}b")
        let limits = JSONLimits(duplicateKeys: .keepLast)
        #expect(try JSONValue.parse(#"{"a":1,"b":[{}],"a":{"x":3},"a":4}"#, limits: limits) == ["b": [[:]], "a": 4])
    }

    @Test("canonically equivalent names are different names")
    func unicodeNames() throws {
        let value = try JSONValue.parse("{\"\u{E9}\":1,\"e\u{301}\":2}")
        #expect(value["\u{E9}"] == 1)
        #expect(value["e\u{301}"] == 2)
        #expect(JSONValue.string("\u{E9}") != JSONValue.string("e\u{301}"))
    }

    @Test("a hundred thousand brackets are an error, not a crash")
    func deepNesting() {
        for text in [
            String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 100_000),
            String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000),
        ] {
            let error = #expect(throws: JSONError.self) {
                try JSONValue.parse(text, limits: JSONLimits(depth: 1_000_000))
            }
            #expect(error?.message == "The text nests deeper than 1000 levels")
        }
    }

    @Test("the deepest allowed tree is built, compared, written and freed")
    func deepestTree() throws {
        let text = String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000)
        let value = try JSONValue.parse(text, limits: JSONLimits(depth: 1000))
        #expect(value.text == text)
        #expect(try JSONValue.parse(text, limits: JSONLimits(depth: 1000)) == value)
    }

    @Test("size and number length are limited")
    func limits() {
        #expect(throws: JSONError.self) { try JSONValue.parse("[1,2,3]", limits: JSONLimits(bytes: 6)) }
        #expect(throws: JSONError.self) { try JSONValue.parse(String(repeating: "9", count: 1001)) }
        #expect(throws: Never.self) { try JSONValue.parse(String(repeating: "9", count: 1000)) }
    }

    @Test(
        "bytes that are not UTF-8 are refused wherever they stand",
        arguments: [
            [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
            [0x22, 0xE2, 0x82], [0x22, 0x80, 0x22], [0xFF], [0x22, 0xF8, 0x88, 0x80, 0x80, 0x80, 0x22],
        ] as [[UInt8]])
    func badUTF8(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSONValue.parse(bytes) }
    }

    @Test("every text cut short is refused without a crash")
    func truncated() throws {
        let whole = Array(#"{"a":[1.5e+3,true,{"b":"\uD83D\uDE00é\n"}],"c":null}"#.utf8)
        #expect(try JSONValue.parse(whole)["a"]?[2]?["b"] == "😀é\n")
        for length in 0..<whole.count {
            #expect(throws: JSONError.self) { try JSONValue.parse(Array(whole.prefix(length))) }
        }
    }

    @Test("a damaged byte is an error or another value, never a crash")
    func damaged() {
        let whole = Array(#"{"a":[1.5e+3,true,{"b":"\uD83D\uDE00é\n"}],"c":null}"#.utf8)
        for place in whole.indices {
            for byte in [0x00, 0x22, 0x2C, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0x80, 0xFF] as [UInt8] {
                var bytes = whole
                bytes[place] = byte
                _ = try? JSONValue.parse(bytes).encoded()
            }
        }
    }

    @Test("many names with the same hash do not make reading slow")
    func manyNames() throws {
        let members = (0..<20_000).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
        let value = try JSONValue.parse("{" + members + "}")
        #expect(value["k19999"] == 19999)
        #expect(value.objectValue?.count == 20_000)
    }
}
