/// Whether a label is in Unicode's normalisation form C, as RFC 5891 section 4.2 asks of internationalised names.
///
/// The standard library compares strings by canonical equivalence but does not say which form they are in. So a mark that
/// could have been part of the letter before it is found by looking for a single character equivalent to both.
enum FormatNormalForm {
    /// Blocks with letters that are also a letter and a mark. Hangul is not among them: its parts are no letters of names.
    private static let blocks: [ClosedRange<UInt32>] = [
        0xC0...0x24F, 0x374...0x3CE, 0x400...0x4F9, 0x622...0x6D3, 0x929...0x934, 0x9CB...0x9CC, 0xB48...0xB4C,
        0xB94...0xBCC, 0xC48...0xC48, 0xCC0...0xCCB, 0xD4A...0xD4C, 0xDDA...0xDDE, 0x1026...0x1026, 0x1B06...0x1B43,
        0x1E00...0x1FFC, 0x304C...0x30FE,
    ]
    /// Characters that normalisation always takes apart.
    private static let excluded: [ClosedRange<UInt32>] = [
        0x340...0x341, 0x343...0x344, 0x374...0x374, 0x37E...0x37E, 0x387...0x387, 0x958...0x95F, 0x9DC...0x9DD,
        0x9DF...0x9DF, 0xA33...0xA33, 0xA36...0xA36, 0xA59...0xA5B, 0xA5E...0xA5E, 0xB5C...0xB5D, 0xF43...0xF43,
        0xF4D...0xF4D, 0xF52...0xF52, 0xF57...0xF57, 0xF5C...0xF5C, 0xF69...0xF69, 0xF73...0xF73, 0xF75...0xF76,
        0xF78...0xF78, 0xF81...0xF81, 0xF93...0xF93, 0xF9D...0xF9D, 0xFA2...0xFA2, 0xFA7...0xFA7, 0xFAC...0xFAC,
        0xFB9...0xFB9, 0x2ADC...0x2ADC,
    ]

    /// Equivalent strings are equal and have the same hash. Made when the first mark is met.
    private static let composed: Set<String> = Set(
        blocks.flatMap { $0 }.compactMap { value in
            isExcluded(value) ? nil : Unicode.Scalar(value).map { String($0) }
        })

    static func isComposed(_ label: [UInt32]) -> Bool {
        var starter: Unicode.Scalar?
        var last: UInt8 = 0
        for value in label {
            if value < 0xC0 {
                // No character so low is taken apart or joins another.
                starter = Unicode.Scalar(value)
                last = 0
                continue
            }
            guard !isExcluded(value), let scalar = Unicode.Scalar(value) else { return false }
            let combining = scalar.properties.canonicalCombiningClass.rawValue
            // Marks stand in the order of their classes.
            if combining != 0, last > combining { return false }
            if let starter, last == 0 || last < combining, combining != 0 || last == 0 {
                var pair = String.UnicodeScalarView()
                pair.append(starter)
                pair.append(scalar)
                if composed.contains(String(pair)) { return false }
            }
            if combining == 0 { starter = scalar }
            last = combining
        }
        return true
    }

    private static func isExcluded(_ value: UInt32) -> Bool {
        excluded.contains { $0.contains(value) }
    }
}
