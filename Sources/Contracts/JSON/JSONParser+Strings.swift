extension JSONParser {
    /// Reads a string or name whose opening quote is at `place`; text without escapes stays where it is.
    mutating func parseString(_ kind: JSONNode.Kind) throws(Failure) {
        let quote = place
        place += 1
        let start = place
        var node = JSONNode(kind: kind, source: UInt32(quote), start: UInt32(start), end: UInt32(nodes.count + 1))
        var copied = start
        while true {
            guard place < bytes.count else { throw fail("A string is not closed") }
            let byte = bytes[place]
            switch byte {
            case UInt8(ascii: "\""):
                if node.isUnescaped {
                    unescaped += bytes[copied..<place]
                    node.length = UInt32(unescaped.count) - node.start
                } else {
                    node.length = UInt32(place - start)
                }
                place += 1
                append(node)
                return
            case UInt8(ascii: "\\"):
                if !node.isUnescaped {
                    node.isUnescaped = true
                    node.start = UInt32(unescaped.count)
                }
                unescaped += bytes[copied..<place]
                try parseEscape()
                copied = place
            case 0x00..<0x20:
                throw fail("A control character in a string must be escaped")
            case 0x20..<0x80:
                place += 1
            default:
                try skipCodePoint()
            }
        }
    }

    private mutating func append(_ node: JSONNode) {
        var node = node
        if node.kind == .key {
            let range = Int(node.start)..<Int(node.start) + Int(node.length)
            node.hash = JSONHash.of(node.isUnescaped ? unescaped[range] : bytes[range])
        }
        nodes.append(node)
    }

    private mutating func parseEscape() throws(Failure) {
        place += 1
        guard place < bytes.count else { throw fail("A string is not closed") }
        switch bytes[place] {
        case UInt8(ascii: "\""): unescaped.append(UInt8(ascii: "\""))
        case UInt8(ascii: "\\"): unescaped.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "/"): unescaped.append(UInt8(ascii: "/"))
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"):
            let scalar = try parseUnicodeEscape()
            unescaped += Array(String(Character(scalar)).utf8)
            return
        default: throw fail("This escape does not exist in JSON")
        }
        place += 1
    }

    /// Reads `uXXXX` or a pair of them that form a surrogate pair, and steps past it.
    private mutating func parseUnicodeEscape() throws(Failure) -> Unicode.Scalar {
        let high = try parseHexadecimal()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard high < 0xDC00, place + 1 < bytes.count, bytes[place] == UInt8(ascii: "\\"),
            bytes[place + 1] == UInt8(ascii: "u")
        else { throw fail("An escaped surrogate stands alone") }
        place += 1
        let low = try parseHexadecimal()
        guard low >= 0xDC00, low < 0xE000, let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + low - 0xDC00)
        else { throw fail("An escaped surrogate stands alone") }
        return scalar
    }

    private mutating func parseHexadecimal() throws(Failure) -> UInt32 {
        place += 1
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard place < bytes.count else { throw fail("A string is not closed") }
            switch bytes[place] {
            case 0x30...0x39: value = value << 4 | UInt32(bytes[place] - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(bytes[place] - 0x37)
            case 0x61...0x66: value = value << 4 | UInt32(bytes[place] - 0x57)
            default: throw fail("Four hexadecimal digits are expected here")
            }
            place += 1
        }
        return value
    }

    /// Steps past one code point of two to four bytes; the ranges are those of RFC 3629 section 4.
    private mutating func skipCodePoint() throws(Failure) {
        func continues(_ distance: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            place + distance < bytes.count && range.contains(bytes[place + distance])
        }
        let length: Int
        let isValid: Bool
        switch bytes[place] {
        case 0xC2...0xDF: (length, isValid) = (2, continues(1))
        case 0xE0: (length, isValid) = (3, continues(1, 0xA0...0xBF) && continues(2))
        case 0xED: (length, isValid) = (3, continues(1, 0x80...0x9F) && continues(2))
        case 0xE1...0xEF: (length, isValid) = (3, continues(1) && continues(2))
        case 0xF0: (length, isValid) = (4, continues(1, 0x90...0xBF) && continues(2) && continues(3))
        case 0xF1...0xF3: (length, isValid) = (4, continues(1) && continues(2) && continues(3))
        case 0xF4: (length, isValid) = (4, continues(1, 0x80...0x8F) && continues(2) && continues(3))
        default: (length, isValid) = (1, false)
        }
        guard isValid else { throw fail("The text is not valid UTF-8") }
        place += length
    }
}
