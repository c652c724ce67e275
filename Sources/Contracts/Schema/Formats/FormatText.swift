import Inventory

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
        Base64.decodeStrictly(bytes)
    }
}
