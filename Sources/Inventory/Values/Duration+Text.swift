extension Duration {
    /// Reads a span of time as inventory files write it: a number and one of `ms`, `s`, `m`, `h`, `d` (`200ms`, `1.5s`).
    ///
    /// Nil when the text is anything else, negative, or longer than 1,000 years.
    init?(inventoryText text: String) {
        let number = text.utf8.prefix { $0.isASCIIDigit || $0 == UInt8(ascii: ".") }
        let unit: Int64
        switch String(text.dropFirst(number.count)) {
        case "ms": unit = 1
        case "s": unit = 1000
        case "m": unit = 60_000
        case "h": unit = 3_600_000
        case "d": unit = 86_400_000
        default: return nil
        }
        guard let thousandths = Decimal.parse(number, digits: 3), thousandths <= 31_536_000_000_000_000 / unit else {
            return nil
        }
        self = .microseconds(thousandths * unit)
    }

    /// The span in the largest unit that has a whole number of it: `90s`, `5m`, `200ms`.
    var inventoryText: String {
        let (seconds, attoseconds) = components
        guard attoseconds == 0 else {
            let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
            return "\(milliseconds)ms"
        }
        for (unit, length) in [("d", 86_400), ("h", 3600), ("m", 60)] as [(String, Int64)] {
            if seconds > 0, seconds % length == 0 { return "\(seconds / length)\(unit)" }
        }
        return "\(seconds)s"
    }
}
