/// The languages that someone reads, best first: the value of an `Accept-Language` field (RFC 9110, section 12.5.4).
///
/// Whatever the value holds, at most its first thousand bytes and 32 ranges are looked at; what cannot be read is left
/// out.
struct LanguageRanges {
    /// In small letters, by falling weight and then in the order written; without those of weight zero.
    let wanted: [String]
    /// Those of weight zero: never to be chosen.
    let refused: Set<String>

    init(_ acceptLanguage: String) {
        var ranges: [(range: String, weight: Int)] = []
        let bytes = acceptLanguage.utf8
        for item in bytes.prefix(1000).split(separator: UInt8(ascii: ","), maxSplits: 32).prefix(32) {
            if let range = Self.range(item) { ranges.append(range) }
        }
        // The sort keeps the order of equals, as the standard library's does.
        wanted = ranges.filter { $0.weight > 0 }.sorted { $0.weight > $1.weight }.map(\.range)
        refused = Set(ranges.filter { $0.weight == 0 }.map(\.range))
    }

    /// The first of these tags that lookup (RFC 4647, section 3.4) finds for the ranges; nil when it finds none.
    ///
    /// A range is shortened from its end until a tag is exactly that; `*` says nothing and is passed over.
    func lookup(_ tags: some Collection<String>) -> String? {
        for range in wanted where range != "*" {
            var rest = range[...]
            while !rest.isEmpty {
                let match = tags.first { $0.lowercased() == rest && !refused.contains(String(rest)) }
                if let match { return match }
                rest = Self.shortened(rest)
            }
        }
        return nil
    }

    /// Without the last subtag, nor a single letter before it, which only announces what follows.
    private static func shortened(_ range: Substring) -> Substring {
        guard let dash = range.lastIndex(of: "-") else { return "" }
        let rest = range[..<dash]
        let parts = rest.split(separator: "-")
        guard let last = parts.last, last.utf8.count == 1 else { return rest }
        return parts.count == 1 ? "" : rest.dropLast(2)
    }

    private static func range(_ item: Substring.UTF8View) -> (range: String, weight: Int)? {
        let parts = item.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        guard let name = parts.first.map({ trimmed($0) }), isRange(name) else { return nil }
        var weight = 1000
        for part in parts.dropFirst() {
            guard let value = Self.weight(trimmed(part)) else { return nil }
            weight = value
        }
        return (name.lowercased(), weight)
    }

    private static func trimmed(_ bytes: Substring.UTF8View) -> String {
        String(decoding: bytes.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }, as: UTF8.self)
    }

    private static func isRange(_ text: String) -> Bool {
        guard text != "*" else { return true }
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return !parts.isEmpty
            && parts.allSatisfy { part in
                (1...8).contains(part.count) && part.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit }
            }
    }

    /// `q=0.8` in thousandths.
    private static func weight(_ text: String) -> Int? {
        guard text.utf8.count > 2, text.lowercased().hasPrefix("q="),
            let thousandths = Decimal.parse(Array(text.utf8.dropFirst(2)), digits: 3), thousandths <= 1000
        else { return nil }
        return Int(thousandths)
    }
}
