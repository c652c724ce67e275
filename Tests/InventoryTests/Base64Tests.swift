import Testing

@testable import Inventory

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

    @Test("strictly, only the standard alphabet with its padding is taken")
    func strict() {
        #expect(Base64.decodeStrictly("Zm8=".utf8) == Array("fo".utf8))
        for text in ["Zm8", "Zm8=\n", "Zm-_", "Z===", "====", "Zm8=Zm8=", "Zg=A"] {
            #expect(Base64.decodeStrictly(text.utf8) == nil, "\(text)")
        }
    }
}
