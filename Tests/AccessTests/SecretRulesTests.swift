import Access
import Testing

@Suite("Names and values of secrets")
struct SecretRulesTests {
    @Test("good names", arguments: ["k", "geocoder-key", "a1-2b", "a" + String(repeating: "b", count: 63)])
    func goodNames(_ name: String) throws {
        try SecretRules.check(name: name)
    }

    @Test(
        "bad names",
        arguments: [
            "", "1a", "-a", "Key", "a_b", "a b", "a.b", "ä", "a\n", "a\u{0}", "../x", String(repeating: "a", count: 65),
        ])
    func badNames(_ name: String) async {
        await expectAccessError(.secretNameInvalid) { try SecretRules.check(name: name) }
    }

    @Test("one newline at the end is left out and told")
    func newline() throws {
        #expect(try SecretRules.checked(value: "abc") == ("abc", false))
        #expect(try SecretRules.checked(value: "abc\n") == ("abc", true))
        #expect(try SecretRules.checked(value: "abc\r\n") == ("abc", true))
        #expect(try SecretRules.checked(value: " a\tb ") == (" a\tb ", false))
        let longest = String(repeating: "x", count: SecretRules.valueLimit)
        #expect(try SecretRules.checked(value: longest + "\n") == (longest, true))
    }

    @Test(
        "empty, long, multi-line and NUL values are refused",
        arguments: [
            "", "\n", "\r\n", "a\nb", "a\rb", "a\r\nb", "a\n\n", "a\u{0}b", "\u{0}",
            String(repeating: "x", count: SecretRules.valueLimit + 1),
        ])
    func badValues(_ value: String) async {
        let error = await expectAccessError(.secretValueInvalid) { _ = try SecretRules.checked(value: value) }
        #expect(error.map { $0.reason.utf8.count < 100 } == true)
    }
}
