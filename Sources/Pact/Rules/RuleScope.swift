/// The rules that matter at one place of a content, found by walking down from the root.
///
/// Of several rules that reach a place the one with the greatest weight decides: each step that it names exactly counts
/// double, and the number of its steps multiplies. A rule whose path ends above the place has *cascaded*. Walking keeps
/// only the rules that can still come to apply, so a place costs no more than the rules that fit it.
struct RuleScope: Sendable {
    private struct Pending: Sendable {
        let list: PactRuleList
        let tokens: ArraySlice<PactPath.Token>
        let exact: Int
        let length: Int
    }

    struct Choice: Sendable {
        let list: PactRuleList
        let isCascaded: Bool
    }

    private var pending: [Pending]
    private var best: (list: PactRuleList, weight: Double, depth: Int)?
    /// The lists whose paths end exactly here.
    private(set) var here: [PactRuleList] = []
    /// Whether a rule for types ends here or above.
    private(set) var hasTypeRule = false
    private(set) var steps: [String] = []

    /// Stands at the root.
    ///
    /// - Parameter passesIndices: `[*]` in a rule stands for no step, as elements of XML are not numbered.
    init(_ rules: PactRules, passesIndices: Bool = false) {
        pending = rules.entries.map { entry in
            let tokens = passesIndices ? entry.path.tokens.filter { $0 != .anyIndex } : entry.path.tokens
            return Pending(list: entry.list, tokens: tokens[...], exact: 0, length: tokens.count)
        }
        if passesIndices { pending.sort { $0.length < $1.length } }
        self = child("$")
    }

    private init(pending: [Pending], steps: [String]) {
        self.pending = pending
        self.steps = steps
    }

    /// A place of the same content where no rule applies but this one, for each of its members or elements.
    func only(_ rules: [PactRule]) -> RuleScope {
        let list = PactRuleList(rules: rules)
        return RuleScope(
            pending: [Pending(list: list, tokens: [.any], exact: steps.count, length: steps.count + 1)], steps: steps)
    }

    func child(_ step: String) -> RuleScope {
        var child = RuleScope(pending: [], steps: steps + [step])
        child.best = best
        child.hasTypeRule = hasTypeRule
        for rule in pending {
            guard let token = rule.tokens.first else { continue }
            let fit = token.fit(step)
            guard fit > 0 else { continue }
            let exact = rule.exact + (fit == 2 ? 1 : 0)
            let rest = rule.tokens.dropFirst()
            guard rest.isEmpty else {
                child.pending.append(Pending(list: rule.list, tokens: rest, exact: exact, length: rule.length))
                continue
            }
            child.here.append(rule.list)
            if rule.list.rules.contains(where: \.isType) { child.hasTypeRule = true }
            let weight = RuleScope.weight(exact) * Double(rule.length)
            if weight > child.best?.weight ?? 0 { child.best = (rule.list, weight, child.steps.count) }
        }
        return child
    }

    /// The rules that decide here; nil where the example itself does.
    var choice: Choice? {
        best.map { Choice(list: $0.list, isCascaded: $0.depth != steps.count) }
    }

    /// The place in the notation of rules.
    var path: String {
        steps.dropFirst().reduce(into: "$") { path, step in
            if step.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
                path += "[\(step)]"
            } else if step.utf8.allSatisfy({ $0 > 0x2F || $0 == 0x2D || $0 == 0x23 }) {
                path += ".\(step)"
            } else {
                path += "['\(step)']"
            }
        }
    }

    private static func weight(_ exact: Int) -> Double {
        Double(sign: .plus, exponent: exact, significand: 1)
    }
}
