/// Whether a YAML text could make Yams compare large aliased values as mapping keys, work that grows exponentially with the
/// number of aliases.
///
/// A look at the characters, for which prose in a long description must not pass: anchors, aliases and keys count only
/// where YAML could see them.
enum HeavyKeys {
    static func arePossible(in text: String) -> Bool {
        var anchors = 0
        var aliases = 0
        var hasKey = false
        for line in text.utf8.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
            var last = UInt8(ascii: " ")
            var isBeginning = true
            var place = line.startIndex
            while place < line.endIndex {
                let byte = line[place]
                let next = line.index(after: place)
                switch byte {
                case UInt8(ascii: "&"), UInt8(ascii: "*"):
                    guard opens(after: last), let end = endOfName(line[next...]) else { break }
                    if byte == UInt8(ascii: "&") {
                        anchors += 1
                    } else {
                        aliases += 1
                        let rest = line[end...].drop { $0 == UInt8(ascii: " ") }
                        hasKey = hasKey || rest.first == UInt8(ascii: ":")
                    }
                case UInt8(ascii: "?"):
                    hasKey = hasKey || ((isBeginning || "[{,".utf8.contains(last)) && isSpace(line[next...].first))
                case UInt8(ascii: ":"):
                    hasKey = hasKey || ((last == UInt8(ascii: "]") || last == UInt8(ascii: "}")))
                default: break
                }
                isBeginning = isBeginning && (isSpace(byte) || byte == UInt8(ascii: "-"))
                if !isSpace(byte) || !"]},[{".utf8.contains(last) { last = byte }
                place = next
            }
        }
        return anchors > 3 && aliases > 12 && hasKey
    }

    /// Whether a value may begin behind this character.
    private static func opens(after byte: UInt8) -> Bool {
        " \t[{,:-?".utf8.contains(byte)
    }

    /// The end of an anchor's name, when one stands here and nothing else.
    private static func endOfName(_ text: Substring.UTF8View) -> Substring.UTF8View.Index? {
        let end = text.firstIndex { !($0.isASCIILetter || $0.isASCIIDigit || "_-".utf8.contains($0)) } ?? text.endIndex
        guard end > text.startIndex, end == text.endIndex || " \t,]}:".utf8.contains(text[end]) else { return nil }
        return end
    }

    private static func isSpace(_ byte: UInt8?) -> Bool {
        byte == nil || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
}
