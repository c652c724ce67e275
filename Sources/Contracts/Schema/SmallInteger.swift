/// The common case of a JSON number: at most 18 digits, no fraction and no exponent.
enum SmallInteger {
    static func read(_ text: ArraySlice<UInt8>) -> Int? {
        guard text.count <= 19, let first = text.first else { return nil }
        let isNegative = first == UInt8(ascii: "-")
        let digits = isNegative ? text.dropFirst() : text
        guard digits.count <= 18 else { return nil }
        var value = 0
        for byte in digits {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return isNegative ? -value : value
    }
}
