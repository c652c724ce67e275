import Testing

@testable import Access

@Suite("Base64")
struct Base64Tests {
    @Test(
        "the examples of RFC 4648 section 10",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func examples(_ plain: String, _ encoded: String) {
        #expect(Base64.text(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(plain.utf8))
    }

    @Test("every byte survives both alphabets, padded or not")
    func roundTrip() {
        for count in 0...257 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ count) }
            for alphabet in [Base64.Alphabet.standard, .url] {
                for padded in [true, false] {
                    #expect(Base64.decode(Base64.text(bytes, alphabet, padded: padded)) == bytes)
                }
            }
        }
    }

    @Test("what is no base64 is refused", arguments: ["A", "AAAAA", "AA A", "ä", "AA==A", "=", "===="])
    func refused(_ text: String) {
        #expect(Base64.decode(text) == nil)
    }
}
