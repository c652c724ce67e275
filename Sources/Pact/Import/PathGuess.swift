/// Guesses which parts of a path are values: those that a rule lets vary, numbers, and what looks like an id.
struct PathGuess {
    /// `/v1/rents/{rent}`.
    let template: String
    /// The values of the example, by parameter.
    let values: [(name: String, value: String)]
    /// The last part that is fixed, for naming the operation.
    let noun: String
    /// Whether the path ends with a value.
    let endsInValue: Bool

    init(_ path: String, rule: PactRuleList) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        let free = PathGuess.freed(parts, by: rule)
        var template = ""
        var values: [(name: String, value: String)] = []
        var noun = "root"
        for (index, part) in parts.enumerated() {
            if free.contains(index) || PathGuess.looksLikeValue(part) {
                let name = PathGuess.unique(PathGuess.singular(noun), values.map(\.name))
                values.append((name, part))
                template += "/{\(name)}"
            } else {
                noun = part
                template += "/" + part
            }
        }
        self.template = template.isEmpty ? "/" : template + (path.count > 1 && path.hasSuffix("/") ? "/" : "")
        self.values = values
        self.noun = noun
        endsInValue = values.last.map { template.hasSuffix("{\($0.name)}") } ?? false
    }

    /// The parts that the rule's pattern does not fix, where the pattern has as many parts as the path.
    private static func freed(_ parts: [String], by rule: PactRuleList) -> Set<Int> {
        for case .regex(let pattern) in rule.rules {
            let text = pattern.text.replacing("\\/", with: "/").drop { $0 == "^" }
            let patterns = (text.last == "$" ? text.dropLast() : text).split(separator: "/")
            guard patterns.count == parts.count else { continue }
            return Set(parts.indices.filter { patterns[$0].replacing("\\", with: "") != parts[$0][...] })
        }
        return []
    }

    private static func looksLikeValue(_ part: String) -> Bool {
        let digits = part.utf8.count { $0 >= 0x30 && $0 <= 0x39 }
        let letters = part.utf8.count { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
        if digits > 0, letters == 0 { return true }
        return part.utf8.count >= 16 && digits >= 4 && letters > 0
    }

    private static func singular(_ noun: String) -> String {
        let letters = noun.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        guard let first = letters.first, first.isLetter else { return "id" }
        return letters.hasSuffix("s") && letters.count > 3 ? String(letters.dropLast()) : letters
    }

    private static func unique(_ name: String, _ taken: [String]) -> String {
        guard taken.contains(name) else { return name }
        return (2...).lazy.map { "\(name)\($0)" }.first { !taken.contains($0) } ?? name
    }
}
