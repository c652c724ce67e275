/// The common case of a JSON number: at most 18 digits and a small power of ten, compared without allocating.
struct SmallDecimal: BitwiseCopyable {
    let digits: Int64
    let exponent: Int32

    /// Stands for what is not small: too far from everything to be compared.
    static let far = SmallDecimal(digits: 1, exponent: Int32.min)
    private static let mostDigits: Int32 = 18
    private init(digits: Int64, exponent: Int32) {
        self.digits = digits
        self.exponent = exponent
    }

    init?(_ number: JSONNumber) {
        var text = number.text
        guard let small = text.withUTF8({ SmallDecimal($0) }) else { return nil }
        self = small
    }

    /// Nil for what is longer; the text is a number by RFC 8259.
    @inline(__always)
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var value: Int64 = 0
        var count = 0
        var exponent: Int32 = 0
        var isAfterPoint = false
        var index = 0
        let isNegative = text.count > 0 && text[0] == UInt8(ascii: "-")
        if isNegative { index = 1 }
        while index < text.count {
            let digit = text[index] &- 0x30
            if digit < 10 {
                value = value &* 10 &+ Int64(digit)
                if value != 0 { count += 1 }
                if isAfterPoint { exponent -= 1 }
            } else if text[index] == UInt8(ascii: ".") {
                isAfterPoint = true
            } else {
                break
            }
            index += 1
        }
        guard count <= Int(SmallDecimal.mostDigits), exponent > -64 else { return nil }
        if index < text.count {
            guard let power = SmallDecimal.power(text, index + 1) else { return nil }
            exponent += power
        }
        digits = isNegative ? -value : value
        self.exponent = exponent
    }

    private static func power(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int32? {
        var index = start
        var value: Int32 = 0
        let isNegative = text[index] == UInt8(ascii: "-")
        if isNegative || text[index] == UInt8(ascii: "+") { index += 1 }
        while index < text.count {
            value = value * 10 + Int32(text[index] - 0x30)
            guard value < 64 else { return nil }
            index += 1
        }
        return isNegative ? -value : value
    }

    /// An integer written without fraction and exponent.
    @inline(__always)
    static func integer(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int? {
        guard length <= Int(mostDigits) else { return nil }
        var value = 0
        var index = 0
        let isNegative = bytes[0] == UInt8(ascii: "-")
        if isNegative { index = 1 }
        while index < length {
            value = value &* 10 &+ Int(bytes[index] &- 0x30)
            index &+= 1
        }
        return isNegative ? -value : value
    }

    /// Less than zero, zero or more, as this is less than the other, equal or more; nil when one is not small.
    @inline(__always)
    func compare(_ other: SmallDecimal) -> Int? {
        guard exponent != Int32.min, other.exponent != Int32.min else { return nil }
        guard exponent != other.exponent, digits.signum() == other.digits.signum() else {
            return digits < other.digits ? -1 : digits == other.digits ? 0 : 1
        }
        guard exponent > other.exponent else { return other.compareSmaller(self).map { -$0 } }
        return compareSmaller(other)
    }

    /// Against one with a smaller exponent and the same sign.
    private func compareSmaller(_ other: SmallDecimal) -> Int? {
        // When the product overflows, this is further from zero than the other.
        guard let left = scaled(by: exponent - other.exponent) else { return digits < 0 ? -1 : 1 }
        return left < other.digits ? -1 : left == other.digits ? 0 : 1
    }

    private func scaled(by power: Int32) -> Int64? {
        guard digits != 0 else { return 0 }
        guard power <= SmallDecimal.mostDigits + 1 else { return nil }
        var result = digits
        for _ in 0..<power {
            let (product, overflow) = result.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            result = product
        }
        return result
    }

    /// Whether it is an integral multiple of the other; nil when they are too far apart.
    func isMultiple(of other: SmallDecimal) -> Bool? {
        guard digits != 0 else { return true }
        guard other.digits != 0, exponent != Int32.min, other.exponent != Int32.min else { return nil }
        let distance = exponent - other.exponent
        if distance >= 0 { return scaled(by: distance).map { $0 % other.digits == 0 } }
        return other.scaled(by: -distance).map { digits % $0 == 0 }
    }
}
