/// Reads the text of a regular expression (ECMA-262 section 22.2.1, Unicode mode).
///
/// Two liberties that other validators take as well: punctuation may be escaped although it needs not, and a brace or
/// closing bracket that begins nothing stands for itself.
struct PatternParser {
    /// Groups inside each other.
    private static let deepest = 200

    var scalars: [UInt32]
    var place = 0
    private var depth = 0

    /// References to what a group has matched cannot be searched in bounded time, but are well formed.
    let allowsBackReferences: Bool

    init(_ text: String, allowsBackReferences: Bool = false) {
        scalars = text.unicodeScalars.map(\.value)
        self.allowsBackReferences = allowsBackReferences
    }

    mutating func parse() throws(RegularExpressionError) -> PatternTree {
        let tree = try parseChoice()
        guard place == scalars.count else { throw fail("A parenthesis closes that was not opened") }
        return tree
    }

    var next: UInt32? {
        place < scalars.count ? scalars[place] : nil
    }

    mutating func take(_ character: Character) -> Bool {
        guard next == character.unicodeScalars.first?.value else { return false }
        place += 1
        return true
    }

    mutating func take(_ text: String) -> Bool {
        let wanted = text.unicodeScalars.map(\.value)
        guard scalars[place...].starts(with: wanted) else { return false }
        place += wanted.count
        return true
    }

    func fail(_ message: String) -> RegularExpressionError {
        RegularExpressionError(message: message, offset: place)
    }

    private mutating func parseChoice() throws(RegularExpressionError) -> PatternTree {
        depth += 1
        defer { depth -= 1 }
        guard depth <= PatternParser.deepest else { throw fail("Groups nest too deep") }
        var branches = [try parseSequence()]
        while take("|") { branches.append(try parseSequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func parseSequence() throws(RegularExpressionError) -> PatternTree {
        var parts: [PatternTree] = []
        while let scalar = next, scalar != UInt32(ascii: "|"), scalar != UInt32(ascii: ")") {
            let (atom, mayRepeat) = try parseAtom(scalar)
            parts.append(try parseRepetition(of: atom, mayRepeat: mayRepeat))
        }
        return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .sequence(parts)
    }

    private mutating func parseAtom(_ scalar: UInt32) throws(RegularExpressionError) -> (PatternTree, Bool) {
        switch scalar {
        case UInt32(ascii: "^"):
            place += 1
            return (.textStart, false)
        case UInt32(ascii: "$"):
            place += 1
            return (.textEnd, false)
        case UInt32(ascii: "("):
            return try parseGroup()
        case UInt32(ascii: "."):
            place += 1
            return (.set(.dot), true)
        case UInt32(ascii: "["):
            return (.set(try parseClass()), true)
        case UInt32(ascii: "*"), UInt32(ascii: "+"), UInt32(ascii: "?"):
            throw fail("A quantifier has nothing to repeat")
        case UInt32(ascii: "\\"):
            return try parseEscapedAtom()
        default:
            place += 1
            return (.set(PatternSet(scalar)), true)
        }
    }

    private mutating func parseGroup() throws(RegularExpressionError) -> (PatternTree, Bool) {
        var look: (isBehind: Bool, isNegated: Bool)?
        if take("(?=") {
            look = (false, false)
        } else if take("(?!") {
            look = (false, true)
        } else if take("(?<=") {
            look = (true, false)
        } else if take("(?<!") {
            look = (true, true)
        } else if take("(?<") {
            try parseGroupName()
        } else if !take("(?:") {
            place += 1
            guard next != UInt32(ascii: "?") else { throw fail("This kind of group does not exist") }
        }
        let tree = try parseChoice()
        guard take(")") else { throw fail("A group is not closed") }
        guard let look else { return (tree, true) }
        return (.look(tree, isBehind: look.isBehind, isNegated: look.isNegated), false)
    }

    private mutating func parseGroupName() throws(RegularExpressionError) {
        let start = place
        while let scalar = next, scalar != UInt32(ascii: ">") {
            place += scalar == UInt32(ascii: ")") ? scalars.count : 1
        }
        guard place > start, take(">") else {
            place = start
            throw fail("A group name is not closed")
        }
    }

    private mutating func parseRepetition(
        of atom: PatternTree, mayRepeat: Bool
    ) throws(RegularExpressionError) -> PatternTree {
        let bounds: (least: Int, most: Int?)
        let start = place
        if take("*") {
            bounds = (0, nil)
        } else if take("+") {
            bounds = (1, nil)
        } else if take("?") {
            bounds = (0, 1)
        } else if let counted = parseCounts() {
            bounds = counted
        } else {
            return atom
        }
        guard mayRepeat else {
            place = start
            throw fail("A quantifier has nothing to repeat")
        }
        _ = take("?")
        if let most = bounds.most, most < bounds.least {
            place = start
            throw fail("The numbers of a quantifier are out of order")
        }
        return .repetition(atom, least: bounds.least, most: bounds.most)
    }

    /// `{n}`, `{n,}` or `{n,m}`; anything else that begins with a brace is plain text.
    private mutating func parseCounts() -> (least: Int, most: Int?)? {
        let start = place
        guard take("{"), let least = parseCount() else {
            place = start
            return nil
        }
        if take("}") { return (least, least) }
        if take(",") {
            if take("}") { return (least, nil) }
            if let most = parseCount(), take("}") { return (least, most) }
        }
        place = start
        return nil
    }

    /// A decimal number, cut off where the size limit refuses it anyway.
    private mutating func parseCount() -> Int? {
        var count: Int?
        while let scalar = next, scalar >= 0x30, scalar <= 0x39 {
            count = min((count ?? 0) * 10 + Int(scalar - 0x30), 1_000_000)
            place += 1
        }
        return count
    }
}
