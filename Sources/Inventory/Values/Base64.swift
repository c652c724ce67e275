/// Base64 and base64url (RFC 4648, sections 4 and 5) over bytes.
package enum Base64 {
    package enum Alphabet {
        case standard
        /// With `-` and `_`, as URLs and tokens need.
        case url
    }

    private static let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let url = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    package static func encode(_ bytes: some Collection<UInt8>, _ alphabet: Alphabet = .standard, padded: Bool = true)
        -> [UInt8]
    {
        let digits = alphabet == .standard ? standard : url
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var buffer: UInt32 = 0
        var bits = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(digits[Int(buffer >> UInt32(bits) & 63)])
            }
        }
        if bits > 0 { text.append(digits[Int(buffer << UInt32(6 - bits) & 63)]) }
        if padded { while text.count % 4 != 0 { text.append(UInt8(ascii: "=")) } }
        return text
    }

    package static func text(_ bytes: some Collection<UInt8>, _ alphabet: Alphabet = .standard, padded: Bool = true)
        -> String
    {
        String(decoding: encode(bytes, alphabet, padded: padded), as: UTF8.self)
    }

    /// Both alphabets, padded or not; nil for anything else.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        decode(text.utf8)
    }

    /// The standard alphabet with its padding, and nothing else (RFC 4648, section 4).
    package static func decodeStrictly(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 4 == 0, !text.contains(where: { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }) else {
            return nil
        }
        return decode(text)
    }

    private static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var characters = Array(text)
        while characters.last == UInt8(ascii: "="), characters.count % 4 == 0 || characters.count % 4 == 3 {
            characters.removeLast()
        }
        guard characters.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        var buffer: UInt32 = 0
        var bits = 0
        for character in characters {
            guard let digit = digit(character) else { return nil }
            buffer = buffer << 6 | UInt32(digit)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
            }
        }
        return bytes
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
