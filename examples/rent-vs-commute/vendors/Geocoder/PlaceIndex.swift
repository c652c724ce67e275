/// Finds places by forgiving names: exact, then all words contained, then a few wrong letters.
struct PlaceIndex: Sendable {
    struct Hit: Sendable {
        let place: Place
        let houseNumber: String?
        /// From 0 to 1.
        let confidence: Double
    }

    private struct Entry: Sendable {
        let key: SearchKey
        let place: Int
    }

    private let places: [Place]
    private let entries: [Entry]

    /// - Parameter places: earlier ones win where names are equal.
    init(_ places: [Place]) {
        self.places = places
        entries = places.indices.flatMap { index in
            ([places[index].name] + places[index].aliases).flatMap { name in
                Set([SearchKey(name), SearchKey(name, plainUmlauts: true)]).map { Entry(key: $0, place: index) }
            }
        }
    }

    /// The best hits, at most `limit`, best first; none when nothing resembles the text.
    func search(_ text: String, limit: Int = 3) -> [Hit] {
        let question = SearchKey(text)
        guard question.joined.count >= 2 else { return [] }
        var best: [Int: Double] = [:]
        for entry in entries {
            guard let confidence = confidence(question, entry.key) else { continue }
            best[entry.place] = max(best[entry.place] ?? 0, confidence)
        }
        return best.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit).map { index, value in
            let number = places[index].kind == "street" || places[index].kind == "square" ? question.houseNumber : nil
            return Hit(place: places[index], houseNumber: number, confidence: value)
        }
    }

    private func confidence(_ question: SearchKey, _ known: SearchKey) -> Double? {
        if question.joined == known.joined { return question.houseNumber == nil ? 0.98 : 0.95 }
        guard question.joined.count >= 3 else { return nil }
        let asked = Set(question.words)
        let names = Set(known.words)
        if known.words.count > 1 || known.joined.count >= 6, names.isSubset(of: asked) {
            return 0.7 + 0.15 * Double(names.count) / Double(asked.count)
        }
        if question.joined.count >= 5, asked.isSubset(of: names) {
            return 0.65 + 0.15 * Double(asked.count) / Double(names.count)
        }
        let allowed = question.joined.count >= 11 ? 2 : question.joined.count >= 6 ? 1 : 0
        guard allowed > 0, Spelling.distance(question.joined, known.joined, atMost: allowed) != nil else { return nil }
        return 0.6
    }
}
