import Testing

@testable import Inventory

@Suite("YAML becomes JSON by the core schema, and hostile YAML is refused")
struct DocumentTests {
    private func json(_ yaml: String) -> String? {
        let collector = FindingCollector()
        let node = YAMLDocument(file: "f", collector: collector).read(yaml)
        return collector.errorCount == 0 ? node?.json : nil
    }

    private func errors(_ yaml: String) -> [String] {
        let collector = FindingCollector()
        _ = YAMLDocument(file: "f", collector: collector).read(yaml)
        return collector.sorted().map(\.description)
    }

    @Test(
        "scalars",
        arguments: [
            ("1", "1"), ("\"1\"", "\"1\""), ("'true'", "\"true\""), ("no", "\"no\""), ("yes", "\"yes\""),
            ("on", "\"on\""),
            ("true", "true"), ("False", "false"), ("~", "null"), ("null", "null"), ("Null", "null"),
            ("nULL", "\"nULL\""),
            ("1.50", "1.50"), ("+3", "3"), ("-0", "-0"), ("007", "7"), (".5", "0.5"), ("5.", "5"), ("1e400", "1e400"),
            ("0x1F", "31"), ("0o17", "15"), ("0x", "\"0x\""), ("1_000", "\"1_000\""), ("12:30", "\"12:30\""),
            ("2001-01-01", "\"2001-01-01\""), ("123456789012345678901234567890", "123456789012345678901234567890"),
            ("!!str 1", "\"1\""), ("!!int \"1\"", "1"), ("0x1ffffffffffffffffffff", "\"0x1ffffffffffffffffffff\""),
            ("1.2.3", "\"1.2.3\""), ("-", "[null]"), ("e5", "\"e5\""), ("1e", "\"1e\""),
            ("\"a\\u2028\\x07\"", #""a\u2028\u0007""#),
        ])
    func scalars(yaml: String, expected: String) {
        #expect(json(yaml) == expected)
    }

    @Test("anchors and merge keys are written out, a mapping's own keys first")
    func merge() {
        let yaml = """
            base: &base { a: 1, b: 2 }
            more: &more { b: 3, c: 4 }
            both: { <<: [*base, *more], a: 9 }
            again: *base
            quoted: { "<<": 1 }
            """
        #expect(
            json(yaml)
                == #"{"base":{"a":1,"b":2},"more":{"b":3,"c":4},"both":{"a":9,"b":2,"c":4},"again":{"a":1,"b":2},"#
                + #""quoted":{"<<":1}}"#)
        #expect(errors("a: { <<: 1 }") == ["f:1:10: error: \"<<\" merges a number; expected a mapping"])
    }

    @Test("every repeated key is a finding, and the rest of the file is still read")
    func duplicates() {
        let yaml = "a: 1\nb: { x: 1, 'x': 2 }\n\"a\": 2\nc: 3\na: 4\n1: x\n\"1\": y\nbad: .inf\n"
        let found = errors(yaml)
        #expect(found.count == 5)
        #expect(found.contains("f:3:1: error: key \"a\" is written twice; first on line 1"))
        #expect(found.contains("f:5:1: error: key \"a\" is written twice; first on line 1"))
        #expect(found.contains { $0.hasPrefix("f:2:") && $0.contains("key \"x\" is written twice; first on line 2") })
        #expect(found.contains { $0.contains("key \"1\" is written twice; first on line 6") })
        #expect(found.contains("f:8:6: error: JSON has no number .inf; expected a finite number"))
    }

    @Test("aliases that unfold without bound are refused quickly")
    func bombs() {
        var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...12 {
            let inner = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            yaml += "a\(level): &a\(level) [\(inner)]\n"
        }
        #expect(errors(yaml).contains { $0.contains("more than 200000 values") })
        #expect(errors(yaml + "? *a12\n: 1\n").contains { $0.contains("used as a mapping key") })
        #expect(errors(yaml + "*a12 : 1\n").contains { $0.contains("used as a mapping key") })
        #expect(errors(yaml + "[*a12]: 1\n").contains { $0.contains("used as a mapping key") })
    }

    @Test("deep nesting is refused")
    func depth() {
        for count in [65, 999, 5000] {
            let yaml = String(repeating: "[", count: count) + String(repeating: "]", count: count)
            #expect(!errors(yaml).isEmpty)
        }
    }

    @Test("syntax errors have a place")
    func syntax() {
        #expect(errors("a: 1\nb: [1, 2\nc: 3\n").first?.hasPrefix("f:3:2: error: broken YAML: ") == true)
        #expect(errors("a: *nowhere\n") == ["f:1:4: error: broken YAML: found undefined alias"])
        #expect(errors("") == ["f:1:1: error: the file is empty; expected a mapping"])
        #expect(errors("a: 1\n---\nb: 2\n").first?.contains("another document") == true)
        #expect(errors("a: \u{1}\n").first?.hasPrefix("f:1:4: error: broken YAML") == true)
        #expect(errors("a: !secret x\n") == ["f:1:4: error: a YAML tag that is not known here; expected no tag"])
        #expect(errors("[1]: 2\n") == ["f:1:1: error: a mapping key is not text"])
    }

    @Test("JSON files are read strictly, with the place of the fault")
    func strictJSON() throws {
        let good = #"{"a": [1, -0.5e+3, "\u00fc\ud83d\ude00\n"], "b": {}, "c": null}"#
        #expect(try JSONDocument.read(good).json == #"{"a":[1,-0.5e+3,"ü😀\n"],"b":{},"c":null}"#)
        let bad = [
            "", "{", "[1,]", "{\"a\":1,}", "{a:1}", "01", "1.", ".5", "+1", "nul", "\"a", "\"\\x\"", "\"\\ud800\"",
            "[1] 2",
            "{\"a\":1,\"a\":2}", "\"\u{1}\"", "NaN", "'a'", "[1 2]", "{\"a\" 1}", "-", "1e", "\"\\ud800\\u0041\"",
            "\"\\",
            String(repeating: "[", count: 5000),
        ]
        for text in bad {
            #expect(throws: JSONDocument.Fault.self, "\(text.prefix(20))") { try JSONDocument.read(text) }
        }
        do {
            _ = try JSONDocument.read("{\n  \"a\": 1\n  \"b\": 2\n}")
        } catch {
            #expect(error.position == Position(line: 3, column: 3))
        }
    }
}
