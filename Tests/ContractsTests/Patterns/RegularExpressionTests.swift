import Contracts
import Testing

@Suite("Regular expressions")
struct RegularExpressionTests {
    @Test(
        "patterns find what ECMA-262 says",
        arguments: [
            ("^a*$", "aaa", true), ("^a*$", "aab", false), ("b", "abc", true), ("^[^a-c]+$", "xyz", true),
            ("^(ab|cd){2,3}$", "abcdab", true), ("^(ab|cd){2,3}$", "ab", false), ("^a{2}$", "aaa", false),
            ("^a{2,}$", "aaaa", true), ("^\\d{3}-\\d{4}$", "555-1234", true), ("\\bcat\\b", "a cat.", true),
            ("\\bcat\\b", "concat", false), ("^(?!foo).*$", "foobar", false), ("^(?!foo).*$", "barfoo", true),
            ("^(?=.*[A-Z])(?=.*\\d).{6,}$", "abcD12", true), ("^(?=.*[A-Z])(?=.*\\d).{6,}$", "abcd12", false),
            ("(?<=\\$)\\d+", "cost $5", true), ("(?<!\\$)\\b\\d+", "cost $5", false),
            ("^\\p{Lu}\\p{Ll}+$", "Élan", true),
            ("^\\P{L}$", "é", false), ("^.$", "😀", true), ("^.$", "\n", false), ("^\\u{1F600}$", "😀", true),
            ("^\\uD83D\\uDE00$", "😀", true), ("^[😀-😂]$", "😁", true),
            ("^[\\w.+-]+@[\\w-]+\\.[\\w.-]+$", "a.b@c.de", true),
            ("^{a}$", "{a}", true), ("^a|b$", "xb", true), ("^(?<year>\\d{4})$", "2026", true), ("^[]$", "", false),
            ("^[^]$", "\n", true), ("^(a?){3}$", "aa", true), ("^(|a)+$", "aaa", true), ("x*?y", "xxy", true),
            ("^\\/v1\\/", "/v1/x", true), ("^[\\d\\-]+$", "1-2", true), ("^[\\S\\s]$", "\n", true), ("", "", true),
            ("^[\\D]$", "5", false), ("^[^\\D]$", "5", true), ("(?<=^ab)c", "abc", true), ("(?<=a(?=b))b", "ab", true),
        ])
    func matches(pattern: String, text: String, isFound: Bool) throws {
        #expect(try RegularExpression(pattern).isFound(in: text) == isFound)
    }

    @Test(
        "wrong and unsupported patterns are refused with a place",
        arguments: [
            ("(", 1), ("a)", 1), ("[a", 0), ("*", 0), ("a**", 2), ("\\", 1), ("[z-a]", 4), ("a{3,2}", 1), ("(a)\\1", 3),
            ("\\p{Klingon}", 2), ("\\a", 1), ("(?x)", 1), ("\\u{110000}", 9), ("^*", 1), ("(?<n", 3),
        ])
    func errors(pattern: String, offset: Int) {
        let error = #expect(throws: RegularExpressionError.self) { try RegularExpression(pattern) }
        #expect(error?.offset == offset)
    }

    @Test(
        "no pattern and no text make the search explode",
        arguments: [
            "^(a+)+$", "^(a|a)*$", "^(a*)*b$", "^(a|aa)+$", "(x+x+)+y", "^(?=(a+)+$)a+$", "(.*)*(.*)*(.*)*c",
        ])
    func catastrophes(pattern: String) throws {
        let text = String(repeating: "a", count: 2000) + "!"
        #expect(try !RegularExpression(pattern).isFound(in: text))
    }

    @Test("patterns that are too large or too deep are refused")
    func sizes() {
        #expect(throws: RegularExpressionError.self) { try RegularExpression("(((a{99}){99}){99}){99}") }
        #expect(throws: RegularExpressionError.self) { try RegularExpression("a{99999999999999999999}") }
        #expect(throws: RegularExpressionError.self) {
            try RegularExpression(String(repeating: "(", count: 100_000) + String(repeating: ")", count: 100_000))
        }
        #expect(throws: Never.self) { try RegularExpression("(){1000000000}") }
    }
}
