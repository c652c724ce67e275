/// The exact value of a JSON number: sign, significant digits, and a power of ten.
///
/// The value is `0.d1d2d3... * 10^exponent`; digits have no zero at either end, so equal values have equal parts.
struct JSONDecimal: Sendable, Hashable, Comparable {
    let isNegative: Bool
    /// Digit values 0 to 9; empty for zero.
    let digits: [UInt8]
    let exponent: Int

    /// Exponents beyond this are cut off here; no number of that size is told apart from its neighbours.
    private static let largestExponent = 1 << 40

    /// `text` is a number by RFC 8259.
    init(_ text: String) {
        self.init(text.utf8)
    }

    init(_ text: some Sequence<UInt8>) {
        var negative = false
        var digits: [UInt8] = []
        var point = 0
        var afterPoint = false
        var power = 0
        var powerNegative = false
        var inPower = false
        for byte in text {
            switch byte {
            case UInt8(ascii: "-"):
                if inPower { powerNegative = true } else { negative = true }
            case UInt8(ascii: "."): afterPoint = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"): inPower = true
            case 0x30...0x39:
                if inPower {
                    power = min(power * 10 + Int(byte - 0x30), JSONDecimal.largestExponent)
                } else {
                    if !afterPoint { point += 1 }
                    digits.append(byte - 0x30)
                }
            default: continue
            }
        }
        let leading = digits.prefix { $0 == 0 }.count
        digits.removeFirst(leading)
        while digits.last == 0 { digits.removeLast() }
        self.digits = digits
        isNegative = negative && !digits.isEmpty
        exponent = digits.isEmpty ? 0 : point - leading + (powerNegative ? -power : power)
    }

    var isInteger: Bool {
        exponent >= digits.count
    }

    /// The value when it is integral and fits.
    var int: Int? {
        guard isInteger, exponent <= 19 else { return nil }
        var value = 0
        for place in 0..<exponent {
            let digit = place < digits.count ? Int(digits[place]) : 0
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, more) =
                isNegative
                ? product.subtractingReportingOverflow(digit)
                : product.addingReportingOverflow(digit)
            guard !overflow, !more else { return nil }
            value = sum
        }
        return value
    }

    /// The value times a power of ten, written without exponent; nil beyond 40 digits on either side of the point.
    ///
    /// - Parameter fraction: digits behind the point at least.
    func text(shiftedBy power: Int, fraction: Int) -> String? {
        let point = digits.isEmpty ? 0 : exponent + power
        guard (-40...40).contains(point), digits.count - point <= 40 else { return nil }
        let zeros = [UInt8](repeating: 0, count: max(0, -point))
        var whole = Array(digits.prefix(max(0, point)))
        whole += [UInt8](repeating: 0, count: max(0, point - digits.count))
        var rest = zeros + digits.dropFirst(max(0, point))
        rest += [UInt8](repeating: 0, count: max(0, fraction - rest.count))
        func text(_ digits: [UInt8]) -> String { String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self) }
        return (isNegative ? "-" : "") + (whole.isEmpty ? "0" : text(whole)) + (rest.isEmpty ? "" : "." + text(rest))
    }

    static func < (left: JSONDecimal, right: JSONDecimal) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? right.isSmallerInSize(than: left) : left.isSmallerInSize(than: right)
    }

    private func isSmallerInSize(than other: JSONDecimal) -> Bool {
        if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
        if exponent != other.exponent { return exponent < other.exponent }
        return digits.lexicographicallyPrecedes(other.digits)
    }
}
