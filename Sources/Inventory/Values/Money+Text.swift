extension Money {
    /// Reads `0.002 USD`: an amount with at most nine decimals and a currency code of three capital letters.
    init?(inventoryText text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, let nanos = Decimal.parse(parts[0].utf8, digits: 9), parts[1].utf8.count == 3,
            parts[1].utf8.allSatisfy({ $0.isASCIIUpper })
        else { return nil }
        self.init(nanos: nanos, currency: String(parts[1]))
    }
}

extension Money: CustomStringConvertible {
    /// The amount with its decimals, trailing zeros left out, and the currency.
    public var description: String {
        let magnitude = String(nanos.magnitude)
        let digits = String(repeating: "0", count: max(0, 10 - magnitude.count)) + magnitude
        var fraction = digits.suffix(9)
        while fraction.last == "0" { fraction.removeLast() }
        return (nanos < 0 ? "-" : "") + digits.dropLast(9) + (fraction.isEmpty ? "" : "." + fraction) + " " + currency
    }
}
