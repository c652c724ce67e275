import TestSupport

/// Makes regular expressions of ECMA-262, catastrophic ones and broken ones among them.
struct PatternMaker {
    private static let atoms = [
        "a", "b", ".", "\\d", "\\w", "\\s", "\\S", "[a-c]", "[^a]", "(?:a|b)", "(a)", "\\u{61}", "\\p{L}", "\\b", "^",
        "$",
        "(?=a)", "(?!b)", "(?<=a)", "(?<!b)", "é", "\\cA", "[\\d-x]", "(", ")", "[", "{2", "\\", "\\1", "(?<n>a)",
        "\\k<n>",
    ]
    private static let counts = ["*", "+", "?", "{2}", "{0,3}", "{2,}", "*?", "{99}", "{1000}", "{3,2}"]

    var generator: SeededRandom

    mutating func pattern(depth: Int = 0) -> String {
        var text = ""
        for _ in 0...generator.below(5) {
            var piece =
                depth < 3 && generator.once(in: 4) ? "(?:\(pattern(depth: depth + 1)))" : generator.pick(Self.atoms)
            if generator.once(in: 3) { piece += generator.pick(Self.counts) }
            text += piece
            if generator.once(in: 6) { text += "|" }
        }
        return text
    }

    mutating func text() -> String {
        var text = ""
        let piece = generator.pick(["a", "ab", "aab", "é1", "_ ", "\n"])
        for _ in 0..<generator.below(generator.once(in: 8) ? 2000 : 12) { text += piece }
        return text + generator.pick(["", "b", "!", "x"])
    }
}
