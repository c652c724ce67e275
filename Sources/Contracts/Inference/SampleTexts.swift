/// The texts seen in one place: whether they are of one format, or a few words.
struct SampleTexts: Sendable {
    /// How many samples a format needs, and how many different ones among them.
    private static let formats: [(format: SchemaFormat, samples: Int, different: Int)] = [
        (.dateTime, 2, 1), (.date, 2, 1), (.uuid, 2, 1), (.email, 5, 2), (.uri, 5, 2), (.ipv4, 5, 2),
    ]
    private static let mostWords = 8
    private static let samplesOfWords = 20
    private static let samplesOfWord = 3

    private(set) var count = 0
    /// Which of `formats` every text fits so far, by place.
    private var fitting = [Bool](repeating: true, count: SampleTexts.formats.count)
    /// Different texts with how often each was seen; one more than an enumeration may have, then no more are counted.
    private var words: [String: Int] = [:]
    private var areWords = true

    mutating func add(_ text: String) {
        count += 1
        for (place, rule) in Self.formats.enumerated() where fitting[place] {
            fitting[place] = Self.fits(text, rule.format)
        }
        areWords = areWords && SampleNames.isWord(text)
        if words[text] != nil || words.count <= Self.mostWords { words[text, default: 0] += 1 }
    }

    mutating func merge(_ other: SampleTexts) {
        count += other.count
        for place in fitting.indices { fitting[place] = fitting[place] && other.fitting[place] }
        areWords = areWords && other.areWords
        for (word, times) in other.words where words[word] != nil || words.count <= Self.mostWords {
            words[word, default: 0] += times
        }
    }

    func keywords(named name: String?, withNull: Bool) -> [(String, JSONValue)] {
        for (place, rule) in Self.formats.enumerated() where fitting[place] {
            guard count >= rule.samples, words.count >= rule.different else { continue }
            return [("format", .string(rule.format.name))]
        }
        guard count >= Self.samplesOfWords, areWords, words.count <= Self.mostWords,
            words.values.allSatisfy({ $0 >= Self.samplesOfWord }), !Redaction.standard.isSecret(member: name ?? "")
        else { return [] }
        var values = words.keys.sorted().map { JSONValue.string($0) }
        if withNull { values.append(.null) }
        return [("enum", .array(values))]
    }

    private static func fits(_ text: String, _ format: SchemaFormat) -> Bool {
        guard text.utf8.count <= 2048 else { return false }
        // `x:y` is a URI; what people mean by one is an address.
        if format == .uri, !text.hasPrefix("https://"), !text.hasPrefix("http://") { return false }
        return Array(text.utf8).withUnsafeBufferPointer { SchemaFormat.accepts(UInt32(format.rawValue), $0) }
    }
}
