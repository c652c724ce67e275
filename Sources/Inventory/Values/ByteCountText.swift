/// Sizes of files as inventory files write them: a whole number and one of `KB`, `MB`, `GB`, `TB` (`256MB`, `10 GB`); one KB
/// is 1,000 bytes.
enum ByteCountText {
    private static let units: [(name: String, bytes: Int)] = [
        ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1000),
    ]

    /// Nil when the text is anything else, or more than 1,000 TB.
    static func parse(_ text: String) -> Int? {
        let digits = text.utf8.prefix { $0.isASCIIDigit }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }
        guard digits.count <= 15, let number = Int(text.prefix(digits.count)),
            let bytes = units.first(where: { $0.name == unit })?.bytes
        else { return nil }
        let (product, overflow) = number.multipliedReportingOverflow(by: bytes)
        return overflow || product > 1000 * units[0].bytes ? nil : product
    }
}
