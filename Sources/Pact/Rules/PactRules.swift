/// The rules of one part of an exchange, each with where it applies.
struct PactRules: Sendable {
    struct Entry: Sendable {
        let path: PactPath
        var list: PactRuleList
    }

    private(set) var entries: [Entry] = []

    var isEmpty: Bool { entries.isEmpty }

    mutating func add(_ path: PactPath, _ list: PactRuleList) {
        entries.append(Entry(path: path, list: list))
    }

    /// The rules of a field or parameter of that name, and of nothing below it.
    func list(named name: String, ignoringCase: Bool = false) -> PactRuleList? {
        entries.first { entry in
            guard entry.path.tokens.count == 2, case .name(let own) = entry.path.tokens[1] else { return false }
            return ignoringCase ? own.lowercased() == name.lowercased() : own == name
        }?.list
    }

    func mapPaths(_ change: (PactPath) -> PactPath) -> PactRules {
        var rules = PactRules()
        for entry in entries { rules.add(change(entry.path), entry.list) }
        return rules
    }
}
