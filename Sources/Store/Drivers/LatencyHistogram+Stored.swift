/// The form in which a histogram lies in the store: `shortest longest class:calls ...`, without empty classes.
extension LatencyHistogram {
    var stored: String {
        guard !isEmpty else { return "" }
        var text = "\(shortest) \(longest)"
        for (index, count) in counts.enumerated() where count > 0 { text += " \(index):\(count)" }
        return text
    }

    /// nil for anything that `stored` does not write.
    init?(stored: String) {
        self.init()
        let words = stored.split(separator: " ")
        if words.isEmpty { return }
        guard words.count >= 2, let shortest = Int(words[0]), let longest = Int(words[1]) else { return nil }
        var counts = [Int](repeating: 0, count: Self.classes)
        for word in words.dropFirst(2) {
            guard let colon = word.firstIndex(of: ":"), let index = Int(word[..<colon]),
                counts.indices.contains(index), let count = Int(word[word.index(after: colon)...]), count >= 0
            else { return nil }
            counts[index] = count
        }
        self.init(counts: counts, shortest: shortest, longest: longest)
    }
}
