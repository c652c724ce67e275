/// The remaining formats.
enum FormatText {
    /// RFC 9562 section 4, any version.
    static func isUUID(_ bytes: [UInt8]) -> Bool {
        bytes.count == 36
            && bytes.enumerated().allSatisfy { index, byte in
                [8, 13, 18, 23].contains(index) ? byte == UInt8(ascii: "-") : FormatAddress.isHexadecimal(byte)
            }
    }

    /// A number of levels up, and then a pointer or `#`.
    static func isRelativePointer(_ bytes: [UInt8]) -> Bool {
        let digits = bytes.prefix { FormatTime.isDigit($0) }
        guard !digits.isEmpty, digits.count == 1 || digits.first != UInt8(ascii: "0") else { return false }
        let rest = bytes.dropFirst(digits.count)
        return rest.elementsEqual("#".utf8) || JSONPointer(String(decoding: rest, as: UTF8.self)) != nil
    }
}
