import Inventory

/// Texts of documents made short.
package enum Prose {
    private static let longest = 160

    /// The first sentence in one line, without markup; nil when nothing is left of it.
    package static func short(_ text: String?) -> String? {
        guard let text else { return nil }
        var plain = ""
        var isTag = false
        for character in text.prefix(2000) {
            switch character {
            case "<": isTag = true
            case ">" where isTag: isTag = false
            case _ where isTag: break
            case _ where character.isWhitespace: if plain.last != " " { plain += " " }
            case "`", "*", "#": break
            default:
                if !character.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
                    plain.append(character)
                }
            }
        }
        var short = SecretCleaning.cleaned(plain.trimmed)
        if let end = short.firstRange(of: ". ") { short = String(short[..<end.lowerBound]) }
        if short.hasSuffix(".") { short.removeLast() }
        if short.count > longest {
            let cut = short.prefix(longest - 1)
            short = (cut.lastIndex(of: " ").map { String(cut[..<$0]) } ?? String(cut)) + "…"
        }
        return short.isEmpty ? nil : short
    }
}
