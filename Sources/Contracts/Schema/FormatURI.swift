/// URIs (RFC 3986) and IRIs (RFC 3987).
enum FormatURI {
    static func isURI(_ text: String, allowsUnicode: Bool) -> Bool {
        guard let colon = text.firstIndex(of: ":"), isScheme(text[..<colon]) else { return false }
        return isReference(text, allowsUnicode: allowsUnicode)
    }

    static func isReference(_ text: String, allowsUnicode: Bool) -> Bool {
        var rest = Array(text.utf8)[...]
        if let mark = rest.firstIndex(of: UInt8(ascii: "#")) {
            guard areCharacters(rest[(mark + 1)...], "/?:@", allowsUnicode) else { return false }
            rest = rest[..<mark]
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            guard areCharacters(rest[(mark + 1)...], "/?:@", allowsUnicode) else { return false }
            rest = rest[..<mark]
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: ":")), !rest[..<mark].contains(UInt8(ascii: "/")) {
            guard isScheme(Substring(decoding: rest[..<mark], as: UTF8.self)) else { return false }
            rest = rest[(mark + 1)...]
        }
        if rest.starts(with: "//".utf8) {
            rest = rest.dropFirst(2)
            let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
            guard isAuthority(rest[..<end], allowsUnicode) else { return false }
            rest = rest[end...]
        }
        return areCharacters(rest, "/:@", allowsUnicode)
    }

    private static func isScheme(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, first | 0x20 >= 0x61, first | 0x20 <= 0x7A else { return false }
        return text.utf8.allSatisfy { FormatAddress.isAlphanumeric($0) || "+-.".utf8.contains($0) }
    }

    private static func isAuthority(_ bytes: ArraySlice<UInt8>, _ allowsUnicode: Bool) -> Bool {
        var host = bytes
        if let at = bytes.lastIndex(of: UInt8(ascii: "@")) {
            guard areCharacters(bytes[..<at], ":", allowsUnicode) else { return false }
            host = bytes[(at + 1)...]
        }
        if host.first == UInt8(ascii: "[") {
            guard let close = host.firstIndex(of: UInt8(ascii: "]")) else { return false }
            let address = host[(host.startIndex + 1)..<close]
            let isFuture = address.first.map { $0 | 0x20 == UInt8(ascii: "v") } ?? false
            guard isFuture || FormatAddress.isIPv6(address) else { return false }
            host = host[(close + 1)...]
            guard host.isEmpty || host.first == UInt8(ascii: ":") else { return false }
        } else if let colon = host.firstIndex(of: UInt8(ascii: ":")) {
            guard areCharacters(host[..<colon], "", allowsUnicode) else { return false }
            host = host[colon...]
        } else {
            return areCharacters(host, "", allowsUnicode)
        }
        return host.dropFirst().allSatisfy(FormatTime.isDigit)
    }

    /// Unreserved characters, sub-delimiters, percent-encoded ones, and those given.
    private static func areCharacters(_ bytes: ArraySlice<UInt8>, _ more: String, _ allowsUnicode: Bool) -> Bool {
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let byte = bytes[place]
            if byte == UInt8(ascii: "%") {
                guard place + 2 < bytes.endIndex, FormatAddress.isHexadecimal(bytes[place + 1]),
                    FormatAddress.isHexadecimal(bytes[place + 2])
                else { return false }
                place += 3
                continue
            }
            guard
                FormatAddress.isAlphanumeric(byte) || "-._~!$&'()*+,;=".utf8.contains(byte) || more.utf8.contains(byte)
                    || (allowsUnicode && byte >= 0x80)
            else { return false }
            place += 1
        }
        return true
    }
}
