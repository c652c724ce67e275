/// Finds the word that was probably meant.
enum Nearest {
    /// The word with the fewest edits, if it is at most a third of its length away; short and bounded in cost.
    static func word(to text: String, among words: [String]) -> String? {
        let text = Array(text.prefix(64).utf8)
        let best = words.map { ($0, distance(text, Array($0.utf8.prefix(64)))) }.min { $0.1 < $1.1 }
        guard let best, best.1 <= max(1, best.0.utf8.count / 3) else { return nil }
        return best.0
    }

    /// Insertions, deletions and replacements from one to the other (Levenshtein).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (index, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for place in right.indices {
                let above = row[place + 1]
                row[place + 1] = min(above + 1, row[place] + 1, diagonal + (byte == right[place] ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}
