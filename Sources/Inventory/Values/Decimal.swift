/// Decimal text as a whole number of small parts, without floating point.
enum Decimal {
    /// Reads `12` or `12.5` as a count of 10^-digits; nil when it is no such number, too fine or too large.
    static func parse(_ text: some Collection<UInt8>, digits: Int) -> Int64? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), !parts[0].isEmpty else { return nil }
        var fraction: [UInt8] = []
        if parts.count == 2 {
            guard !parts[1].isEmpty, parts[1].count <= digits else { return nil }
            fraction = Array(parts[1])
        }
        fraction += [UInt8](repeating: UInt8(ascii: "0"), count: digits - fraction.count)
        let all = Array(parts[0]) + fraction
        guard all.allSatisfy({ $0.isASCIIDigit }) else { return nil }
        return Int64(String(decoding: all, as: UTF8.self))
    }
}
