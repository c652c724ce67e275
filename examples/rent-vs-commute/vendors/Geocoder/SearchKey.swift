import Foundation

/// A place name or a question, brought to a common form: small letters, no umlauts, "str." as "strasse",
/// without the city, the country, the postcode; the house number stands apart.
struct SearchKey: Sendable, Hashable {
    let words: [String]
    let houseNumber: String?

    /// - Parameter plainUmlauts: `ä` as `a` (as people type abroad) instead of `ae`.
    init(_ text: String, plainUmlauts: Bool = false) {
        var words: [String] = []
        var number: String?
        for word in Self.words(of: text, plainUmlauts: plainUmlauts) {
            if word.first?.isNumber == true, !words.isEmpty, word.count <= 4 {
                number = number ?? word
            } else if !Self.noise.contains(word), !Self.isPostcode(word) {
                words.append(contentsOf: Self.spellOut(word))
            }
        }
        self.words = words
        houseNumber = number
    }

    var joined: String { words.joined() }

    private static let noise: Set<String> = ["berlin", "germany", "deutschland", "de", "the", "am", "in"]

    private static func isPostcode(_ word: String) -> Bool { word.count == 5 && word.allSatisfy(\.isNumber) }

    private static func words(of text: String, plainUmlauts: Bool) -> [String] {
        var folded = ""
        for character in text.lowercased().prefix(200) {
            switch character {
            case "ä": folded += plainUmlauts ? "a" : "ae"
            case "ö": folded += plainUmlauts ? "o" : "oe"
            case "ü": folded += plainUmlauts ? "u" : "ue"
            case "ß": folded += "ss"
            case "é", "è": folded += "e"
            case "'", "’": break
            case "a"..."z", "0"..."9": folded.append(character)
            case ".": folded += ". "
            default: folded += " "
            }
        }
        return folded.split(separator: " ").map(String.init).filter { $0 != "." }
    }

    private static func spellOut(_ word: String) -> [String] {
        var stem = word
        if stem.hasSuffix(".") {
            stem.removeLast()
            if stem.hasSuffix("str") { stem += "asse" }
            if stem.hasSuffix("pl") { stem += "atz" }
        }
        if stem.hasSuffix("str") { stem += "asse" }
        for suffix in ["strasse", "platz"] where stem.hasSuffix(suffix) && stem != suffix {
            return [String(stem.dropLast(suffix.count)), suffix]
        }
        return stem.isEmpty ? [] : [stem]
    }
}
