import Inventory
import Testing

@testable import Access

@Suite("Secret scrubber")
struct SecretScrubberTests {
    private static let value = #"sk/live+"Ä b&=?'%"#
    private let scrubber = SecretScrubber([Secret(name: "key", value: value)])

    @Test(
        "every spelling of a value is found",
        arguments: [
            value,
            #"sk\/live+\"Ä b&=?'%"#,
            #"sk/live+\"\u00c4 b&=?'%"#,
            #"sk\/live+\"\u00C4 b&=?'%"#,
            "sk%2Flive%2B%22%C3%84%20b%26%3D%3F%27%25",
            "sk%2flive%2b%22%c3%84%20b%26%3d%3f%27%25",
            "sk%2Flive%2B%22%C3%84%20b%26%3D%3F'%25",
            "sk%2Flive%2B%22%C3%84+b%26%3D%3F%27%25",
            "sk/live+&quot;Ä b&amp;=?&#39;%",
        ])
    func forms(_ form: String) {
        #expect(scrubber.scrub("before \(form) after") == "before [secret key] after")
        #expect(scrubber.scrub(form) == "[secret key]")
        #expect(scrubber.finds(in: Array(form.utf8)))
    }

    @Test("base64 is found wherever in an encoded text the value stands", arguments: 0...6, [true, false])
    func base64(_ lead: Int, _ padded: Bool) {
        for tail in 0...3 {
            let bytes =
                Array(repeating: UInt8(ascii: "u"), count: lead) + Array(Self.value.utf8)
                + Array(repeating: UInt8(ascii: "z"), count: tail)
            for alphabet in [Base64.Alphabet.standard, .url] {
                let text = Base64.text(bytes, alphabet, padded: padded)
                let clean = scrubber.scrub("Basic \(text) x")
                #expect(clean.contains("[secret key]") && clean.utf8.count <= "Basic  x".count + 12 + 4 * 6)
            }
        }
    }

    @Test("what holds no secret comes back as it was", arguments: ["", "s", "sk/liv", "sk/live+", "%%%%%%", "ÄÄÄÄÄÄ"])
    func clean(_ text: String) {
        #expect(scrubber.scrub(text) == text)
        #expect(!scrubber.finds(in: Array(text.utf8)))
    }

    @Test("several secrets, repeated and side by side")
    func several() {
        let scrubber = SecretScrubber([
            Secret(name: "one", value: "aaaaaa1"), Secret(name: "two", value: "bbbbbb2"),
        ])
        #expect(scrubber.scrub("aaaaaa1bbbbbb2aaaaaa1") == "[secret one][secret two][secret one]")
        #expect(scrubber.scrub("aaaaaaaaaaaa1") == "aaaaaa[secret one]")
    }

    @Test("a secret inside another, or overlapping one, leaves nothing of either")
    func overlapping() {
        let scrubber = SecretScrubber([
            Secret(name: "short", value: "abcdef"), Secret(name: "long", value: "abcdefghij"),
            Secret(name: "tail", value: "ijklmnop"), Secret(name: "inner", value: "cdefgh"),
        ])
        #expect(scrubber.scrub("<abcdefghij>") == "<[secret long]>")
        #expect(scrubber.scrub("<abcdefghijklmnop>") == "<[secret long]>")
        #expect(scrubber.scrub("<abcdef>") == "<[secret short]>")
        #expect(scrubber.scrub("<abcdefgh>") == "<[secret short]>")
    }

    @Test("values under six bytes are ignored, and it says which")
    func short() {
        let scrubber = SecretScrubber([Secret(name: "tiny", value: "abcde"), Secret(name: "fits", value: "abcdef")])
        #expect(scrubber.ignored == ["tiny"])
        #expect(scrubber.scrub("abcde abcdef") == "abcde [secret fits]")
    }

    @Test("bytes that are no text pass through unchanged around a secret")
    func binary() {
        let noise: [UInt8] = [0xFF, 0x00, 0xC3, 0x28]
        let bytes = noise + Array(Self.value.utf8) + noise
        #expect(scrubber.scrub(bytes) == noise + Array("[secret key]".utf8) + noise)
    }

    @Test("without secrets nothing is changed")
    func empty() {
        #expect(SecretScrubber([]).scrub("anything") == "anything")
    }

    @Test("a value of one repeated character does not leave a rest")
    func repeated() {
        let scrubber = SecretScrubber([Secret(name: "key", value: "aaaaaa")])
        #expect(scrubber.scrub(String(repeating: "a", count: 1000)) == "[secret key]")
    }
}
