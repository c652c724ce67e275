/// The mark put before a key that a mapping holds twice, so that the parser takes the two for different keys.
///
/// The mark is a number between two private-use characters; `strip` takes it off again when the tree is built.
enum RepeatedKey {
    private static let fence: Unicode.Scalar = "\u{E000}"

    /// The text with the key at this place marked, or nil when no plain or quoted key begins there.
    static func mark(in text: String, at position: Position, key: String, number: Int) -> String? {
        let scalars = text.unicodeScalars
        var index = scalars.startIndex
        var line = 1
        while line < position.line, index < scalars.endIndex {
            let scalar = scalars[index]
            index = scalars.index(after: index)
            switch scalar {
            case "\r":
                line += 1
                if index < scalars.endIndex, scalars[index] == "\n" { index = scalars.index(after: index) }
            case "\n", "\u{85}", "\u{2028}", "\u{2029}": line += 1
            default: break
            }
        }
        guard line == position.line,
            var place = scalars.index(index, offsetBy: position.column - 1, limitedBy: scalars.endIndex),
            place < scalars.endIndex
        else { return nil }
        if scalars[place] == "\"" || scalars[place] == "'" {
            place = scalars.index(after: place)
        } else if scalars[place] != key.unicodeScalars.first {
            return nil
        }
        var result = scalars
        result.insert(contentsOf: "\(fence)\(number)\(fence)".unicodeScalars, at: place)
        return String(result)
    }

    static func strip(_ key: String) -> String {
        guard key.unicodeScalars.first == fence else { return key }
        let digits = key.unicodeScalars.dropFirst().prefix { $0.properties.numericType == .decimal }
        let rest = key.unicodeScalars.dropFirst(1 + digits.count)
        guard !digits.isEmpty, rest.first == fence else { return key }
        return String(rest.dropFirst())
    }
}
