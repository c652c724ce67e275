extension Rate {
    /// Reads `10/1s` or `600/m`: a whole number of calls, at least one, in a span of time longer than nothing.
    init?(inventoryText text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.allSatisfy({ $0.isASCIIDigit }), let count = Int(parts[0]), count > 0
        else { return nil }
        let span = parts[1].utf8.first?.isASCIIDigit == true ? String(parts[1]) : "1" + parts[1]
        guard let per = Duration(inventoryText: span), per > .zero else { return nil }
        self.init(count: count, per: per)
    }
}

extension Rate: CustomStringConvertible {
    public var description: String { "\(count)/\(per.inventoryText)" }
}
