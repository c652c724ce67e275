extension PatternParser {
    mutating func parseEscapedAtom() throws(RegularExpressionError) -> (PatternTree, Bool) {
        if take("\\b") { return (.wordBoundary(isNegated: false), false) }
        if take("\\B") { return (.wordBoundary(isNegated: true), false) }
        if place + 1 < scalars.count,
            (0x31...0x39).contains(scalars[place + 1]) || scalars[place + 1] == UInt32(ascii: "k")
        {
            guard allowsBackReferences else { throw fail("Back references are not supported") }
            return (try parseBackReference(), true)
        }
        return (.set(try parseEscape(inClass: false)), true)
    }

    /// `\1` or `\k<name>`, from the backslash on.
    private mutating func parseBackReference() throws(RegularExpressionError) -> PatternTree {
        place += 1
        guard take("k") else {
            while let digit = next, (0x30...0x39).contains(digit) { place += 1 }
            return .empty
        }
        guard take("<"), let close = scalars[place...].firstIndex(of: UInt32(ascii: ">")), close > place else {
            throw fail("A reference to a group needs its name")
        }
        place = close + 1
        return .empty
    }

    /// `[...]`, from the opening bracket on.
    mutating func parseClass() throws(RegularExpressionError) -> PatternSet {
        let start = place
        place += 1
        var set = PatternSet()
        let isNegated = take("^")
        while !take("]") {
            guard place < scalars.count else {
                place = start
                throw fail("A character class is not closed")
            }
            let first = try parseClassMember()
            guard place + 1 < scalars.count, scalars[place] == UInt32(ascii: "-"),
                scalars[place + 1] != UInt32(ascii: "]")
            else {
                set.add(first)
                continue
            }
            place += 1
            let last = try parseClassMember()
            guard let low = first.single, let high = last.single, low <= high else {
                throw fail("A range of characters is out of order")
            }
            set.add(low...high)
        }
        set.isNegated = isNegated
        return set
    }

    private mutating func parseClassMember() throws(RegularExpressionError) -> PatternSet {
        guard let scalar = next else { throw fail("A character class is not closed") }
        guard scalar == UInt32(ascii: "\\") else {
            place += 1
            return PatternSet(scalar)
        }
        if take("\\b") { return PatternSet(0x08) }
        return try parseEscape(inClass: true)
    }

    /// An escape that stands for a set of characters, from the backslash on.
    private mutating func parseEscape(inClass: Bool) throws(RegularExpressionError) -> PatternSet {
        place += 1
        guard let scalar = next, let character = Unicode.Scalar(scalar) else {
            throw fail("The pattern ends too early")
        }
        place += 1
        switch character {
        case "d": return .digit
        case "D": return PatternSet.digit.negated
        case "w": return .word
        case "W": return PatternSet.word.negated
        case "s": return .space
        case "S": return PatternSet.space.negated
        case "p", "P": return try parseProperty(isNegated: character == "P")
        case "t": return PatternSet(0x09)
        case "n": return PatternSet(0x0A)
        case "v": return PatternSet(0x0B)
        case "f": return PatternSet(0x0C)
        case "r": return PatternSet(0x0D)
        case "0" where !(next.map { (0x30...0x39).contains($0) } ?? false): return PatternSet(0)
        case "c": return try parseControl()
        case "x": return PatternSet(try parseHexadecimal(digits: 2))
        case "u": return PatternSet(try parseUnicode())
        default:
            guard scalar >= 0x80 || !PatternSet.word.contains(scalar) || character == "_" else {
                place -= 1
                throw fail("This escape does not exist")
            }
            return PatternSet(scalar)
        }
    }

    private mutating func parseControl() throws(RegularExpressionError) -> PatternSet {
        guard let letter = next, (0x41...0x5A).contains(letter & ~0x20), letter < 0x80 else {
            throw fail("A control escape needs a letter")
        }
        place += 1
        return PatternSet(letter % 32)
    }

    private mutating func parseProperty(isNegated: Bool) throws(RegularExpressionError) -> PatternSet {
        let start = place
        guard take("{") else { throw fail("A property needs a name in braces") }
        var name = ""
        while let scalar = next, scalar != UInt32(ascii: "}") {
            if let scalar = Unicode.Scalar(scalar) { name.unicodeScalars.append(scalar) }
            place += 1
        }
        guard take("}"), let property = PatternProperty(name) else {
            place = start
            throw fail("This property is not known")
        }
        var set = PatternSet()
        set.add(property, isNegated: isNegated)
        return set
    }

    /// After `\u`: four digits, a surrogate pair of two escapes, or any number of digits in braces.
    private mutating func parseUnicode() throws(RegularExpressionError) -> UInt32 {
        if take("{") {
            var value: UInt32 = 0
            var count = 0
            while let digit = takeHexadecimal() {
                value = min(value << 4 | digit, 0x110000)
                count += 1
            }
            guard count > 0, value <= 0x10FFFF, take("}") else { throw fail("This is no code point") }
            return value
        }
        let high = try parseHexadecimal(digits: 4)
        let start = place
        guard (0xD800...0xDBFF).contains(high), take("\\u") else { return high }
        let low = try parseHexadecimal(digits: 4)
        guard (0xDC00...0xDFFF).contains(low) else {
            place = start
            return high
        }
        return 0x10000 + (high - 0xD800) << 10 + low - 0xDC00
    }

    private mutating func parseHexadecimal(digits: Int) throws(RegularExpressionError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let digit = takeHexadecimal() else { throw fail("\(digits) hexadecimal digits are expected here") }
            value = value << 4 | digit
        }
        return value
    }

    private mutating func takeHexadecimal() -> UInt32? {
        guard let scalar = next else { return nil }
        let digit: UInt32
        switch scalar {
        case 0x30...0x39: digit = scalar - 0x30
        case 0x41...0x46: digit = scalar - 0x37
        case 0x61...0x66: digit = scalar - 0x57
        default: return nil
        }
        place += 1
        return digit
    }
}
