/// All spellings of all secrets, made ready for searching.
final class SecretPatterns: Sendable {
    /// A secret that stands in a text.
    struct Match: Equatable {
        var range: Range<Int>
        let secret: Int
    }

    /// Escapes inside of escapes are read this deep: JSON in JSON, or an address in an address.
    private static let depth = 3
    /// Two pieces of one secret that are no farther apart are one: letters of base64 may belong to both.
    private static let gap = 2
    private static let longWindow = 12

    let names: [String]
    let labels: [[UInt8]]
    /// Names of secrets that are too short to be looked for.
    let ignored: [String]
    let isEmpty: Bool

    private let long: PatternGroup
    private let short: PatternGroup
    private let longest: Int
    /// By their first two bytes: what a text that ends in the middle of a secret ends with.
    private let beginnings: [UInt16: [[UInt8]]]
    private let firstBytes: [Bool]

    /// - Parameter isWanted: which secrets are looked for.
    init(_ secrets: [Secret], where isWanted: (SecretForms) -> Bool = { _ in true }) {
        var patterns: [PatternGroup.Pattern] = []
        var ignored: Set<String> = []
        var known: Set<[UInt8]> = []
        for (index, secret) in secrets.enumerated() {
            let forms = secret.withValue { SecretForms($0) }
            guard isWanted(forms) else { continue }
            let spellings = forms.all
            if spellings.isEmpty { ignored.insert(secret.name) }
            for bytes in spellings where known.insert(bytes).inserted {
                patterns.append(PatternGroup.Pattern(bytes: bytes, secret: index))
            }
        }
        names = secrets.map(\.name)
        labels = secrets.map { Array("[secret \($0.name)]".utf8) }
        self.ignored = ignored.sorted()
        isEmpty = patterns.isEmpty
        long = PatternGroup(patterns.filter { $0.bytes.count >= Self.longWindow }, window: Self.longWindow)
        short = PatternGroup(patterns.filter { $0.bytes.count < Self.longWindow }, window: SecretForms.shortest)
        longest = patterns.map(\.bytes.count).max() ?? 0
        beginnings = Dictionary(grouping: patterns.map(\.bytes)) { Self.pair($0[0], $0[1]) }
        var firstBytes = [Bool](repeating: false, count: 256)
        for pattern in patterns { firstBytes[Int(pattern.bytes[0])] = true }
        self.firstBytes = firstBytes
    }

    /// Where secrets stand in a whole text, in order; overlapping ones made one.
    func matches(_ text: UnsafeRawBufferPointer) -> [Match] {
        var open = text.count
        return Self.merged(found(text, isWhole: true, &open))
    }

    /// What stands in the beginning of a text, and from where on nothing can be said before more of it is known.
    func matches(inBeginning text: UnsafeRawBufferPointer) -> (matches: [Match], open: Int) {
        var open = beginning(text)
        let found = found(text, isWhole: false, &open)
        // What reaches into the open end is found again, together with what may overlap it there.
        for match in found where match.range.upperBound > open { open = min(open, match.range.lowerBound) }
        let certain = found.compactMap { match -> Match? in
            guard match.range.lowerBound < open else { return nil }
            return Match(range: match.range.clamped(to: 0..<open), secret: match.secret)
        }
        return (Self.merged(certain), open)
    }

    private func found(_ text: UnsafeRawBufferPointer, isWhole: Bool, _ open: inout Int) -> [Match] {
        guard !isEmpty, text.count > 0 else { return [] }
        var found: [Match] = []
        search(text) { found.append(Match(range: $0, secret: $1)) }
        var layers: [PlainText] = []
        while layers.count < Self.depth, let plain = next(layers, text, isWhole) {
            layers.append(plain)
            plain.bytes.withUnsafeBytes { bytes in
                search(bytes) { range, secret in
                    found.append(Match(range: Self.source(of: range, layers), secret: secret))
                }
                guard !isWhole else { return }
                let start = beginning(bytes)
                if start < bytes.count { open = min(open, Self.source(of: start..<(start + 1), layers).lowerBound) }
            }
            if !isWhole { open = min(open, Self.source(ofEnd: plain.end, layers)) }
        }
        return found
    }

    private func next(_ layers: [PlainText], _ text: UnsafeRawBufferPointer, _ isWhole: Bool) -> PlainText? {
        guard let last = layers.last else { return PlainText(text, isWhole: isWhole) }
        return last.bytes.withUnsafeBytes { PlainText($0, isWhole: isWhole) }
    }

    private func search(_ text: UnsafeRawBufferPointer, _ found: (Range<Int>, Int) -> Void) {
        long.search(text, found)
        short.search(text, found)
    }

    /// Where the text's end begins that is the beginning of a pattern; its length if there is none.
    private func beginning(_ text: UnsafeRawBufferPointer) -> Int {
        for start in max(0, text.count - longest + 1)..<text.count where firstBytes[Int(text[start])] {
            guard start + 1 < text.count else { return start }
            let rest = text.count - start
            let isBegun = beginnings[Self.pair(text[start], text[start + 1])]?.contains {
                $0.count > rest && $0[..<rest].elementsEqual(text[start...])
            }
            if isBegun ?? false { return start }
        }
        return text.count
    }

    private static func pair(_ first: UInt8, _ second: UInt8) -> UInt16 {
        UInt16(first) << 8 | UInt16(second)
    }

    // MARK: - Places

    private static func source(of range: Range<Int>, _ layers: [PlainText]) -> Range<Int> {
        layers.reversed().reduce(range) { $1.source(of: $0) }
    }

    /// Where the last layer's text broke off, in the first text.
    private static func source(ofEnd end: Int, _ layers: [PlainText]) -> Int {
        guard layers.count > 1 else { return end }
        let outer = layers.dropLast()
        guard let last = outer.last, end < last.bytes.count else { return .max }
        return source(of: end..<(end + 1), Array(outer)).lowerBound
    }

    private static func merged(_ found: [Match]) -> [Match] {
        guard found.count > 1 else { return found }
        let sorted = found.sorted {
            ($0.range.lowerBound, -$0.range.upperBound) < ($1.range.lowerBound, -$1.range.upperBound)
        }
        var merged: [Match] = []
        for match in sorted {
            guard let last = merged.last else {
                merged.append(match)
                continue
            }
            let distance = match.range.lowerBound - last.range.upperBound
            if distance < 0 || (match.secret == last.secret && distance <= gap) {
                let end = max(last.range.upperBound, match.range.upperBound)
                merged[merged.count - 1].range = last.range.lowerBound..<end
            } else {
                merged.append(match)
            }
        }
        return merged
    }
}
