/// Addresses of machines and mailboxes.
enum FormatAddress {
    /// RFC 1123: labels of letters, digits and inner hyphens; A-labels only in part, two hyphens at the third place are
    /// for them alone.
    static func isHostname(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard !bytes.isEmpty, bytes.count <= 253 else { return false }
        return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy(isLabel)
    }

    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        let label = Array(label)
        guard let first = label.first, let last = label.last, label.count <= 63, first != UInt8(ascii: "-"),
            last != UInt8(ascii: "-"), label.allSatisfy({ isAlphanumeric($0) || $0 == UInt8(ascii: "-") })
        else { return false }
        guard label.count > 3, label[2] == UInt8(ascii: "-"), label[3] == UInt8(ascii: "-") else { return true }
        return label[0] | 0x20 == UInt8(ascii: "x") && label[1] | 0x20 == UInt8(ascii: "n") && label.count > 4
    }

    static func isIPv4(_ bytes: ArraySlice<UInt8>) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                guard (1...3).contains(part.count), part.allSatisfy(FormatTime.isDigit) else { return false }
                guard part.count == 1 || part.first != UInt8(ascii: "0") else { return false }
                return part.reduce(0) { $0 * 10 + Int($1 - 0x30) } < 256
            }
    }

    /// RFC 4291 section 2.2, without zone.
    static func isIPv6(_ bytes: ArraySlice<UInt8>) -> Bool {
        let groups = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map(Array.init)
        guard groups.count >= 3, groups.count <= 9 else { return false }
        var count = 0
        var gaps = 0
        for (index, group) in groups.enumerated() {
            let isLast = index == groups.count - 1
            if group.isEmpty {
                if index == 0 {
                    guard groups[1].isEmpty else { return false }
                } else if isLast {
                    guard groups[index - 1].isEmpty else { return false }
                } else {
                    gaps += 1
                }
            } else if isLast, group.contains(UInt8(ascii: ".")) {
                guard isIPv4(group[...]) else { return false }
                count += 2
            } else {
                guard group.count <= 4, group.allSatisfy(isHexadecimal) else { return false }
                count += 1
            }
        }
        return gaps == 0 ? count == 8 : gaps == 1 && count <= 7
    }

    /// RFC 5321 section 4.1.2: a dotted or quoted local part, and a host name or an address in brackets.
    static func isEmail(_ bytes: [UInt8], allowsUnicode: Bool) -> Bool {
        guard let at = bytes.lastIndex(of: UInt8(ascii: "@")), at > 0, at <= 64 else { return false }
        let (local, domain) = (bytes[..<at], bytes[(at + 1)...])
        guard isQuoted(local) || isDotted(local, allowsUnicode) else { return false }
        if domain.first == UInt8(ascii: "["), domain.last == UInt8(ascii: "]") {
            let address = domain.dropFirst().dropLast()
            if address.starts(with: "IPv6:".utf8) { return isIPv6(address.dropFirst(5)) }
            return isIPv4(address)
        }
        if allowsUnicode, domain.contains(where: { $0 >= 0x80 }) { return !domain.isEmpty }
        return isHostname(domain)
    }

    private static func isQuoted(_ local: ArraySlice<UInt8>) -> Bool {
        guard local.count >= 2, local.first == UInt8(ascii: "\""), local.last == UInt8(ascii: "\"") else {
            return false
        }
        var isEscaped = false
        for byte in local.dropFirst().dropLast() {
            guard byte >= 0x20, byte < 0x7F, isEscaped || byte != UInt8(ascii: "\"") else { return false }
            isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        }
        return !isEscaped
    }

    private static func isDotted(_ local: ArraySlice<UInt8>, _ allowsUnicode: Bool) -> Bool {
        local.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty
                && atom.allSatisfy { byte in
                    isAlphanumeric(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte) || (allowsUnicode && byte >= 0x80)
                }
        }
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        FormatTime.isDigit(byte) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
    }

    static func isHexadecimal(_ byte: UInt8) -> Bool {
        FormatTime.isDigit(byte) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x66)
    }
}
