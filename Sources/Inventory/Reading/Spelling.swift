/// Finds the word that was probably meant.
enum Spelling {
    /// The nearest of the known words, when it is near enough to be worth a question.
    static func suggestion(for word: String, among known: some Sequence<String>) -> String? {
        let wanted = normal(word)
        guard wanted.count <= 64 else { return nil }
        var best: (word: String, distance: Int)?
        for candidate in known.sorted() where candidate != word {
            let other = normal(candidate)
            let allowed = Swift.max(1, Swift.max(wanted.count, other.count) / 3)
            guard abs(wanted.count - other.count) <= allowed else { continue }
            let distance = distance(wanted, other)
            if distance <= allowed, distance < best?.distance ?? Int.max { best = (candidate, distance) }
        }
        return best?.word
    }

    /// Lower case without `_` and `-`, so that `timeOut` and `time-out` are near `time_out`.
    private static func normal(_ word: String) -> [UInt8] {
        word.lowercased().utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }
    }

    /// The Damerau-Levenshtein distance in its restricted form: insert, delete, replace, swap two neighbours.
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return Swift.max(left.count, right.count) }
        var before = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for row in 1...left.count {
            var current = [Int](repeating: row, count: right.count + 1)
            for column in 1...right.count {
                let cost = left[row - 1] == right[column - 1] ? 0 : 1
                var value = Swift.min(last[column] + 1, current[column - 1] + 1, last[column - 1] + cost)
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    value = Swift.min(value, before[column - 2] + 1)
                }
                current[column] = value
            }
            before = last
            last = current
        }
        return last[right.count]
    }
}
