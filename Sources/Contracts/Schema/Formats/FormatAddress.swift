/// Addresses of machines and mailboxes.
enum FormatAddress {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    static func isIPv4(_ bytes: Bytes) -> Bool {
        var count = 0
        return bytes.allParts(UInt8(ascii: ".")) { part in
            count += 1
            guard count <= 4, part.count >= 1, part.count <= 3, part.allSatisfy(\.isDigit),
                part.count == 1 || part[0] != UInt8(ascii: "0")
            else { return false }
            return part.reduce(0) { $0 * 10 + Int($1 - 0x30) } < 256
        } && count == 4
    }

    /// RFC 4291 section 2.2, without zone.
    static func isIPv6(_ bytes: Bytes) -> Bool {
        guard bytes.count >= 2, bytes.count <= 45 else { return false }
        var groups = 0
        var hasGap = false
        var place = 0
        if bytes[0] == UInt8(ascii: ":") {
            guard bytes[1] == UInt8(ascii: ":") else { return false }
            hasGap = true
            place = 2
        }
        while place < bytes.count {
            let start = place
            while place < bytes.count, bytes[place].isHexadecimal { place += 1 }
            if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
                guard isIPv4(bytes.from(start)) else { return false }
                groups += 2
                place = bytes.count
                break
            }
            guard place > start, place - start <= 4 else { return false }
            groups += 1
            guard place < bytes.count else { break }
            guard bytes[place] == UInt8(ascii: ":"), place + 1 < bytes.count else { return false }
            place += 1
            if bytes[place] == UInt8(ascii: ":") {
                guard !hasGap else { return false }
                hasGap = true
                place += 1
            }
        }
        return hasGap ? groups <= 7 : groups == 8
    }

    /// RFC 5321 section 4.1.2: a dotted or quoted local part, and a host name or an address in brackets.
    static func isEmail(_ bytes: Bytes, allowsUnicode: Bool) -> Bool {
        guard let at = bytes.lastIndex(of: UInt8(ascii: "@")), at > 0, at <= 64 else { return false }
        let (local, domain) = (bytes[part: 0..<at], bytes.from(at + 1))
        guard isQuoted(local, allowsUnicode) || isDotted(local, allowsUnicode) else { return false }
        if domain.count > 2, domain[0] == UInt8(ascii: "["), domain[domain.count - 1] == UInt8(ascii: "]") {
            let address = domain[part: 1..<(domain.count - 1)]
            return address.begins(with: "IPv6:") ? isIPv6(address.from(5)) : isIPv4(address)
        }
        if allowsUnicode, domain.contains(where: { $0 >= 0x80 }) { return true }
        return FormatHostname.isHostname(domain)
    }

    private static func isQuoted(_ local: Bytes, _ allowsUnicode: Bool) -> Bool {
        guard local.count >= 2, local[0] == UInt8(ascii: "\""), local[local.count - 1] == UInt8(ascii: "\"") else {
            return false
        }
        var isEscaped = false
        for byte in local[part: 1..<(local.count - 1)] {
            guard byte >= 0x20, byte < 0x7F || (allowsUnicode && byte >= 0x80),
                isEscaped || byte != UInt8(ascii: "\"")
            else { return false }
            isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        }
        return !isEscaped
    }

    private static func isDotted(_ local: Bytes, _ allowsUnicode: Bool) -> Bool {
        local.allParts(UInt8(ascii: ".")) { atom in
            !atom.isEmpty && atom.allSatisfy { isAtom($0) || (allowsUnicode && $0 >= 0x80) }
        }
    }

    private static func isAtom(_ byte: UInt8) -> Bool {
        if byte.isAlphanumeric { return true }
        switch byte {
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2F, 0x3D, 0x3F, 0x5E...0x60, 0x7B...0x7E: return true
        default: return false
        }
    }
}
