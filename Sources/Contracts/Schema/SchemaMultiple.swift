/// The divisor of a `multipleOf` keyword; divides decimal values exactly, whatever their size.
///
/// With value `V * 10^a` and divisor `D * 10^b`, neither V nor D ending in zero, the quotient is integral exactly when
/// `a >= b` and D divides `V * 10^(a-b)`; the power is taken modulo D.
struct SchemaMultiple: Sendable {
    let divisor: JSONNumber
    private let digits: UInt64
    private let power: Int

    /// Nil when the divisor is not positive or has more than 18 significant digits.
    init?(_ divisor: JSONNumber) {
        let decimal = JSONDecimal(divisor.text)
        guard !decimal.isNegative, !decimal.digits.isEmpty, decimal.digits.count <= 18 else { return nil }
        self.divisor = divisor
        digits = decimal.digits.reduce(0) { $0 * 10 + UInt64($1) }
        power = decimal.exponent - decimal.digits.count
    }

    func divides(_ text: some Sequence<UInt8>) -> Bool {
        let value = JSONDecimal(text)
        guard !value.digits.isEmpty else { return true }
        let shift = value.exponent - value.digits.count - power
        guard shift >= 0 else { return false }
        var remainder: UInt64 = 0
        for digit in value.digits { remainder = add(multiply(remainder, 10), UInt64(digit)) }
        return multiply(remainder, powerOfTen(shift)) == 0
    }

    private func add(_ left: UInt64, _ right: UInt64) -> UInt64 {
        (left + right) % digits
    }

    private func multiply(_ left: UInt64, _ right: UInt64) -> UInt64 {
        digits.dividingFullWidth((left % digits).multipliedFullWidth(by: right % digits)).remainder
    }

    private func powerOfTen(_ exponent: Int) -> UInt64 {
        var result: UInt64 = 1 % digits
        var square: UInt64 = 10 % digits
        var exponent = exponent
        while exponent > 0 {
            if exponent & 1 == 1 { result = multiply(result, square) }
            square = multiply(square, square)
            exponent >>= 1
        }
        return result
    }
}
