/// The rules of one place: all of them hold, or at least one.
struct PactRuleList: Sendable {
    enum Combination: Sendable {
        case and
        case or
    }

    var rules: [PactRule] = []
    var combination: Combination = .and

    var isEmpty: Bool { rules.isEmpty }

    /// The faults together: with `or`, one rule without fault is enough.
    func judge(_ check: (PactRule) -> String?) -> [String] {
        var faults: [String] = []
        for rule in rules {
            if let fault = check(rule) {
                faults.append(fault)
            } else if combination == .or {
                return []
            }
        }
        return faults
    }
}
