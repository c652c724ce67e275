import Contracts
import Testing

@testable import Pact

@Suite("What a content may differ in")
struct PactMatchingTests {
    @Test("of rules joined by OR one is enough, of rules joined by AND all are needed")
    func combination() throws {
        let both: JSONValue = ["matchers": [["match": "integer"], ["match": "null"]]]
        let either: JSONValue = ["combine": "OR", "matchers": [["match": "integer"], ["match": "null"]]]
        #expect(try differences(["a": 1], ["a": 2], rules: ["$.a": both]).count == 1)
        #expect(try differences(["a": 1], ["a": 2], rules: ["$.a": either]) == [])
        #expect(try differences(["a": 1], ["a": nil], rules: ["$.a": either]) == [])
        #expect(try differences(["a": 1], ["a": "x"], rules: ["$.a": either]).count == 2)
    }

    @Test("a pattern must match the whole value")
    func wholePattern() throws {
        let rules: JSONValue = ["$.a": all(["match": "regex", "regex": "\\d+|none"])]
        #expect(try differences(["a": "1"], ["a": "123"], rules: rules) == [])
        #expect(try differences(["a": "1"], ["a": 42], rules: rules) == [])
        #expect(try differences(["a": "1"], ["a": "none"], rules: rules) == [])
        #expect(try differences(["a": "1"], ["a": "12x"], rules: rules).count == 1)
    }

    @Test("the rule whose path says more decides, and a rule for types holds for all below it")
    func weight() throws {
        let rules: JSONValue = [
            "$": all(["match": "type"]), "$.list[*].*": all(["match": "integer"]),
            "$.list[*].name": all(["match": "include", "value": "a"]),
        ]
        let example: JSONValue = ["list": [["n": 1, "name": "a"]], "other": ["deep": "x"]]
        let good: JSONValue = ["list": [["n": 5, "name": "bar"], ["n": 6, "name": "a"]], "other": ["deep": "y"]]
        #expect(try differences(example, good, rules: rules) == [])
        let bad: JSONValue = ["list": [["n": "5", "name": "bor"]], "other": ["deep": 1]]
        #expect(
            try differences(example, bad, rules: rules) == [
                "body $.list[0].n: expected an integer, not \"5\" (string)",
                "body $.list[0].name: expected a text with \"a\", not \"bor\"",
                "body $.other.deep: expected string, not 1 (number)",
            ])
    }

    @Test("least and greatest sizes count at their own place only")
    func sizes() throws {
        let rules: JSONValue = ["$.a": all(["match": "type", "min": 1, "max": 2])]
        #expect(try differences(["a": [[1]]], ["a": [[], [1, 2, 3]]], rules: rules) == [])
        #expect(try differences(["a": [1]], ["a": []], rules: rules).count == 1)
        #expect(try differences(["a": [1]], ["a": [1, 2, 3]], rules: rules).count == 1)
    }

    @Test("an array contains its variants in any order, each by its own rules")
    func variants() throws {
        let rules: JSONValue = [
            "$": all([
                "match": "arrayContains",
                "variants": [
                    ["index": 0, "rules": ["$.id": ["matchers": [["match": "integer"]]]]], ["index": 1],
                ],
            ])
        ]
        let example: JSONValue = [["kind": "a", "id": 1], ["kind": "b"]]
        #expect(try differences(example, [["kind": "x"], ["kind": "b"], ["kind": "a", "id": 7]], rules: rules) == [])
        #expect(
            try differences(example, [["kind": "b"], ["kind": "a", "id": "7"]], rules: rules)
                == ["body $: no element is like the variant at 0"])
    }

    @Test("members of any name are compared by each-key and each-value")
    func freeNames() throws {
        let rules: JSONValue = [
            "$.a": all(
                ["match": "eachKey", "rules": [["match": "regex", "regex": "[a-z]{2}"]]],
                ["match": "eachValue", "rules": [["match": "integer"]]])
        ]
        #expect(try differences(["a": ["de": 1]], ["a": ["en": 2, "fr": 3]], rules: rules) == [])
        #expect(
            try differences(["a": ["de": 1]], ["a": ["eng": 2, "fr": "3"]], rules: rules).sorted() == [
                "body $.a.eng: its name: expected a match of \"[a-z]{2}\", not \"eng\"",
                "body $.a.fr: expected an integer, not \"3\" (string)",
            ])
        let values: JSONValue = ["$.a": all(["match": "values"]), "$.a.*": all(["match": "type"])]
        #expect(try differences(["a": ["x": 1]], ["a": ["y": 2]], rules: values) == [])
    }

    @Test("a request may not hold more than its example, an answer may")
    func strictness() throws {
        #expect(try differences(["a": 1], ["a": 1, "b": 2]) == [])
        #expect(
            try differences(["a": 1], ["a": 1, "b": 2], isStrict: true)
                == ["body $: the member \"b\" was not expected"])
    }

    @Test(
        "dates and times have the form that the rule names",
        arguments: [
            ("date", "yyyy-MM-dd", "2026-02-28", true), ("date", "yyyy-MM-dd", "2026-02-30", false),
            ("date", "", "2026-12-31", true), ("date", "dd/MM/yy", "01/02/26", true),
            ("date", "d MMMM yyyy", "3 March 2026", true), ("date", "EEE, d MMM yyyy", "Tue, 3 Mar 2026", true),
            ("time", "HH:mm:ss", "23:59:59", true), ("time", "HH:mm", "24:00", false),
            ("time", "hh:mm a", "11:30 PM", true), ("datetime", "", "2026-02-01T10:11:12+02:00", true),
            ("datetime", "yyyy-MM-dd'T'HH:mm:ss.SSSX", "2026-02-01T10:11:12.123Z", true),
            ("datetime", "yyyyMMddHHmm", "202602011011", true), ("datetime", "yyyyMMddHHmm", "20260201", false),
        ])
    func moments(kind: String, form: String, text: String, isGood: Bool) throws {
        let rules: JSONValue = ["$.a": all(["match": .string(kind), "format": .string(form)])]
        #expect(try differences(["a": "x"], ["a": .string(text)], rules: rules).isEmpty == isGood)
    }

    @Test("the other rules do what their names say")
    func others() throws {
        func fits(_ matcher: JSONValue, _ actual: JSONValue) throws -> Bool {
            try differences(["a": "x"], ["a": actual], rules: ["$.a": all(matcher)]).isEmpty
        }
        #expect(try fits(["match": "semver"], "1.2.3-rc.1+5") && !fits(["match": "semver"], "1.02.3"))
        #expect(try fits(["match": "notEmpty"], "y") && !fits(["match": "notEmpty"], ""))
        #expect(try fits(["match": "boolean"], false) && !fits(["match": "boolean"], "maybe"))
        #expect(try fits(["match": "decimal"], 1.5) && !fits(["match": "decimal"], 2))
        #expect(try fits(["match": "number"], 1.5) && !fits(["match": "number"], "1.5"))
        #expect(try fits(["match": "contentType", "value": "application/json"], "{\"a\": 1}"))
        #expect(try !fits(["match": "contentType", "value": "image/png"], "text"))
        #expect(try !fits(["match": "of-a-plug-in"], "x"))
    }

    @Test("forms are compared by their fields, bytes as a whole")
    func otherContents() throws {
        func content(_ text: String, _ type: String) -> PactContent {
            PactContent(body: .present(Array(text.utf8), MediaType(type)))
        }
        let form = content("a=1&b=x%20y", "application/x-www-form-urlencoded")
        let same = content("b=x+y&a=1", "application/x-www-form-urlencoded")
        #expect(form.mismatches(with: same, isStrict: true) == [])
        let more = content("b=x+y&a=1&c=2", "application/x-www-form-urlencoded")
        #expect(form.mismatches(with: more, isStrict: true).map(\.description) == ["body c: it was not expected"])
        let bytes = content("\u{1}\u{2}", "application/octet-stream")
        #expect(bytes.mismatches(with: bytes, isStrict: true) == [])
        #expect(bytes.mismatches(with: content("\u{1}", "application/octet-stream"), isStrict: true).count == 1)
        #expect(
            content("{}", "application/json").mismatches(with: content("<a/>", "text/xml"), isStrict: false)
                .map(\.description) == ["body $: expected a content of application/json, not of text/xml"])
    }
}
