/// What a label of an internationalised host name may hold (RFC 5892) and how its directions mix (RFC 5893).
///
/// Derived from general categories; writing directions, which the standard library does not know, from blocks.
enum FormatLabel {
    /// Allowed and disallowed against their category (RFC 5892 section 2.6).
    private static let allowed: Set<UInt32> = [0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007]
    private static let disallowed: Set<UInt32> = [
        0x640, 0x7FA, 0x302E, 0x302F, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303B,
    ]

    static func isValid(_ label: [UInt32]) -> Bool {
        guard let first = label.first.flatMap(Unicode.Scalar.init), let last = label.last,
            label[0] != 0x2D, last != 0x2D, !(label.count > 3 && label[2] == 0x2D && label[3] == 0x2D)
        else { return false }
        switch first.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return false
        default: break
        }
        return label.indices.allSatisfy { isContextual(label, $0) ?? isAllowed(label[$0]) }
            && FormatNormalForm.isComposed(label)
    }

    private static func isAllowed(_ value: UInt32) -> Bool {
        if value < 0x80 { return value == 0x2D || UInt8(value).isAlphanumeric && !(0x41...0x5A).contains(value) }
        if allowed.contains(value) { return true }
        guard !disallowed.contains(value), let scalar = Unicode.Scalar(value) else { return false }
        // Conjoining Hangul, and what changes when it is folded, is not stable.
        if (0x1100...0x11FF).contains(value) || (0xA960...0xA97F).contains(value) || (0xD7B0...0xD7FF).contains(value) {
            return false
        }
        let properties = scalar.properties
        if properties.isDefaultIgnorableCodePoint || properties.isNoncharacterCodePoint { return false }
        if properties.lowercaseMapping != String(scalar) { return false }
        switch properties.generalCategory {
        case .lowercaseLetter, .uppercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark,
            .decimalNumber:
            return !isCompatibility(value)
        default: return false
        }
    }

    /// Wide, narrow and other variants of characters, which normalisation replaces.
    private static func isCompatibility(_ value: UInt32) -> Bool {
        switch value {
        case 0xAA, 0xB2, 0xB3, 0xB5, 0xB9, 0xBA, 0x132...0x133, 0x13F...0x140, 0x149, 0x17F, 0x1C4...0x1CC,
            0x1F1...0x1F3, 0x2B0...0x2B8, 0x2E0...0x2E4, 0x1D2C...0x1D6A, 0x2070...0x209C, 0x2100...0x214F,
            0x3131...0x318E, 0xFB00...0xFB1C, 0xFB20...0xFB4F, 0xFB50...0xFDFF, 0xFE70...0xFEFF, 0xFF00...0xFFEF,
            0x1D400...0x1D7FF, 0xF900...0xFA0D, 0xFA10, 0xFA12, 0xFA15...0xFA1E, 0xFA20, 0xFA22, 0xFA25...0xFA26,
            0xFA2A...0xFAD9, 0x2F800...0x2FA1D:
            true
        default: false
        }
    }

    /// Characters that are allowed beside certain others only (RFC 5892 appendix A); nil for all others.
    private static func isContextual(_ label: [UInt32], _ index: Int) -> Bool? {
        let before = index > 0 ? label[index - 1] : nil
        let after = index + 1 < label.count ? label[index + 1] : nil
        switch label[index] {
        case 0xB7: return before == 0x6C && after == 0x6C
        case 0x375: return after.map(isGreek) ?? false
        case 0x5F3, 0x5F4: return before.map(isHebrew) ?? false
        case 0x30FB: return label.contains(where: isJapanese)
        case 0x660...0x669: return !label.contains { (0x6F0...0x6F9).contains($0) }
        case 0x6F0...0x6F9: return !label.contains { (0x660...0x669).contains($0) }
        case 0x200D: return before.map(isVirama) ?? false
        case 0x200C: return before.map(isVirama) ?? false || joins(label, index)
        default: return nil
        }
    }

    private static func isGreek(_ value: UInt32) -> Bool {
        (0x370...0x3E1).contains(value) || (0x3F0...0x3FF).contains(value) || (0x1F00...0x1FFF).contains(value)
    }

    private static func isHebrew(_ value: UInt32) -> Bool {
        (0x591...0x5F4).contains(value) || (0xFB1D...0xFB4F).contains(value)
    }

    /// Hiragana, Katakana or Han.
    private static func isJapanese(_ value: UInt32) -> Bool {
        (0x3041...0x309F).contains(value) || (0x30A1...0x30FA).contains(value) || (0x30FC...0x30FF).contains(value)
            || (0x31F0...0x31FF).contains(value) || (0x2E80...0x2FD5).contains(value) || value == 0x3005
            || value == 0x3007 || (0x3400...0x4DBF).contains(value) || (0x4E00...0x9FFF).contains(value)
            || (0x20000...0x323AF).contains(value)
    }

    private static func isVirama(_ value: UInt32) -> Bool {
        Unicode.Scalar(value)?.properties.canonicalCombiningClass == .virama
    }

    /// Between two letters of a joining script, marks not counted.
    private static func joins(_ label: [UInt32], _ index: Int) -> Bool {
        func isMark(_ value: UInt32) -> Bool {
            Unicode.Scalar(value)?.properties.generalCategory == .nonspacingMark
        }
        let before = label[..<index].last { !isMark($0) }
        let after = label[(index + 1)...].first { !isMark($0) }
        return before.map(isArabicLetter) ?? false && after.map(isArabicLetter) ?? false
    }

    private static func isArabicLetter(_ value: UInt32) -> Bool {
        (0x620...0x64A).contains(value) || (0x66E...0x6D3).contains(value) || (0x710...0x72F).contains(value)
            || (0x750...0x77F).contains(value) || (0x8A0...0x8C9).contains(value) || (0x1820...0x18AA).contains(value)
    }

    private enum Direction {
        case left, right, arabicDigit, digit, mark, other
    }

    static func isRightToLeft(_ value: UInt32) -> Bool {
        let direction = direction(value)
        return direction == .right || direction == .arabicDigit
    }

    private static func direction(_ value: UInt32) -> Direction {
        if (0x30...0x39).contains(value) || (0x6F0...0x6F9).contains(value) { return .digit }
        if (0x660...0x669).contains(value) { return .arabicDigit }
        switch Unicode.Scalar(value)?.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return .mark
        default: break
        }
        switch value {
        case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: return .right
        case 0x2D, 0x200C, 0x200D: return .other
        default: return .left
        }
    }

    /// The rule of RFC 5893 section 2, which holds for all labels of a name as soon as one has a right-to-left letter.
    static func obeysDirections(_ label: [UInt32]) -> Bool {
        let directions = label.map(direction)
        guard let first = directions.first, let last = directions.last(where: { $0 != .mark }) else { return false }
        guard label.contains(where: isRightToLeft) else { return first == .left }
        guard first == .right else { return false }
        let hasBothDigits = directions.contains(.digit) && directions.contains(.arabicDigit)
        return !directions.contains(.left) && !hasBothDigits
            && (last == .right || last == .digit || last == .arabicDigit)
    }
}
