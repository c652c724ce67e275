/// URIs (RFC 3986) and IRIs (RFC 3987).
enum FormatURI {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    /// What may stand in a part beside unreserved characters and sub-delimiters.
    private struct More: OptionSet {
        let rawValue: UInt8
        static let slash = More(rawValue: 1)
        static let question = More(rawValue: 2)
        static let colon = More(rawValue: 4)
        static let at = More(rawValue: 8)
    }

    static func isURI(_ bytes: Bytes, allowsUnicode: Bool) -> Bool {
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), isScheme(bytes[part: 0..<colon]) else {
            return false
        }
        return isReference(bytes, allowsUnicode: allowsUnicode)
    }

    static func isReference(_ bytes: Bytes, allowsUnicode: Bool) -> Bool {
        var end = bytes.count
        if let mark = bytes.firstIndex(of: UInt8(ascii: "#")) {
            guard areCharacters(bytes.from(mark + 1), [.slash, .question, .colon, .at], allowsUnicode) else {
                return false
            }
            end = mark
        }
        if let mark = bytes[part: 0..<end].firstIndex(of: UInt8(ascii: "?")) {
            // IRIs have private characters in the query alone; these are not told apart here.
            let query = bytes[part: (mark + 1)..<end]
            guard areCharacters(query, [.slash, .question, .colon, .at], allowsUnicode) else { return false }
            end = mark
        }
        var start = 0
        if let mark = bytes[part: 0..<end].firstIndex(of: UInt8(ascii: ":")),
            !bytes[part: 0..<mark].contains(UInt8(ascii: "/"))
        {
            guard isScheme(bytes[part: 0..<mark]) else { return false }
            start = mark + 1
        }
        let rest = bytes[part: start..<end]
        guard rest.begins(with: "//") else { return areCharacters(rest, [.slash, .colon, .at], allowsUnicode) }
        let authority = rest.from(2)
        let path = authority.firstIndex(of: UInt8(ascii: "/")) ?? authority.count
        return isAuthority(authority[part: 0..<path], allowsUnicode)
            && areCharacters(authority.from(path), [.slash, .colon, .at], allowsUnicode)
    }

    private static func isScheme(_ bytes: Bytes) -> Bool {
        guard let first = bytes.first, first.isLetter else { return false }
        return bytes.allSatisfy {
            $0.isAlphanumeric || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
    }

    private static func isAuthority(_ bytes: Bytes, _ allowsUnicode: Bool) -> Bool {
        var host = bytes
        if let at = bytes.lastIndex(of: UInt8(ascii: "@")) {
            guard areCharacters(bytes[part: 0..<at], .colon, allowsUnicode) else { return false }
            host = bytes.from(at + 1)
        }
        if host.first == UInt8(ascii: "[") {
            guard let close = host.firstIndex(of: UInt8(ascii: "]")) else { return false }
            let address = host[part: 1..<close]
            let isFuture = address.first.map { $0 | 0x20 == UInt8(ascii: "v") } ?? false
            guard isFuture || FormatAddress.isIPv6(address) else { return false }
            let rest = host.from(close + 1)
            return rest.isEmpty || (rest[0] == UInt8(ascii: ":") && rest.from(1).allSatisfy(\.isDigit))
        }
        guard let colon = host.firstIndex(of: UInt8(ascii: ":")) else { return areCharacters(host, [], allowsUnicode) }
        return areCharacters(host[part: 0..<colon], [], allowsUnicode)
            && host.from(colon + 1).allSatisfy(\.isDigit)
    }

    /// Unreserved characters, sub-delimiters, percent-encoded ones, and those given.
    private static func areCharacters(_ bytes: Bytes, _ more: More, _ allowsUnicode: Bool) -> Bool {
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "%") {
                guard place + 2 < bytes.count, bytes[place + 1].isHexadecimal, bytes[place + 2].isHexadecimal else {
                    return false
                }
                place += 3
                continue
            }
            guard isCharacter(byte, more) || (allowsUnicode && byte >= 0x80) else { return false }
            place += 1
        }
        return true
    }

    @inline(__always)
    private static func isCharacter(_ byte: UInt8, _ more: More) -> Bool {
        if byte.isAlphanumeric { return true }
        switch byte {
        case 0x21, 0x24, 0x26...0x2E, 0x3B, 0x3D, 0x5F, 0x7E: return true
        case UInt8(ascii: "/"): return more.contains(.slash)
        case UInt8(ascii: "?"): return more.contains(.question)
        case UInt8(ascii: ":"): return more.contains(.colon)
        case UInt8(ascii: "@"): return more.contains(.at)
        default: return false
        }
    }
}
