/// The remaining formats.
enum FormatText {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    /// RFC 9562 section 4, any version.
    static func isUUID(_ bytes: Bytes) -> Bool {
        guard bytes.count == 36 else { return false }
        for (index, byte) in bytes.enumerated() {
            let isHyphen = index == 8 || index == 13 || index == 18 || index == 23
            guard isHyphen ? byte == UInt8(ascii: "-") : byte.isHexadecimal else { return false }
        }
        return true
    }

    /// RFC 6901.
    static func isPointer(_ bytes: Bytes) -> Bool {
        guard let first = bytes.first else { return true }
        guard first == UInt8(ascii: "/") else { return false }
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "~") {
            guard index + 1 < bytes.count,
                bytes[index + 1] == UInt8(ascii: "0") || bytes[index + 1] == UInt8(ascii: "1")
            else { return false }
        }
        return true
    }

    /// A number of levels up, and then a pointer or `#`.
    static func isRelativePointer(_ bytes: Bytes) -> Bool {
        let digits = bytes.prefix(while: \.isDigit).count
        guard digits > 0, digits == 1 || bytes[0] != UInt8(ascii: "0") else { return false }
        let rest = bytes.from(digits)
        return (rest.count == 1 && rest[0] == UInt8(ascii: "#")) || isPointer(rest)
    }

    /// An integral number within the range.
    static func isInteger(_ bytes: Bytes, _ range: ClosedRange<Int>) -> Bool {
        if let start = bytes.baseAddress, bytes.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: "-") }),
            let value = SmallDecimal.integer(start, bytes.count)
        {
            return range.contains(value)
        }
        return JSONDecimal(bytes).int.map(range.contains) ?? false
    }

    /// RFC 4648 section 4, with padding.
    static func isBase64(_ bytes: Bytes) -> Bool {
        decoded(bytes) != nil
    }

    static func decoded(_ bytes: Bytes) -> [UInt8]? {
        guard bytes.count % 4 == 0 else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count / 4 * 3)
        var bits: UInt32 = 0
        var padding = 0
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "="), index >= bytes.count - 2 {
                padding += 1
                bits <<= 6
            } else {
                guard padding == 0, let value = digit(byte) else { return nil }
                bits = bits << 6 | value
            }
            if index % 4 == 3 {
                let group = [UInt8(bits >> 16 & 0xFF), UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF)]
                result += group.prefix(3 - padding)
                bits = 0
            }
        }
        return result
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x41...0x5A: UInt32(byte - 0x41)
        case 0x61...0x7A: UInt32(byte - 0x61) + 26
        case 0x30...0x39: UInt32(byte - 0x30) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
