import Contracts

extension PactComparison {
    typealias Compare<Element> = (inout PactComparison, Element, Element, RuleScope) -> Void

    /// A list at whose place rules decide: how many elements come is then a matter of the rules, and those without an
    /// example of their own are compared with the first. An empty example allows anything.
    mutating func list<Element: Equatable>(
        _ expected: [Element], _ actual: [Element], _ choice: RuleScope.Choice, _ scope: RuleScope,
        compare: Compare<Element>
    ) {
        guard !expected.isEmpty else { return }
        each(choice) { comparison, rule in
            switch rule {
            case .arrayContains(let variants):
                comparison.variants(variants, expected, actual, scope, compare)
            case .eachValue(let rules):
                guard !choice.isCascaded else { return }
                comparison.elements(expected, actual, scope.only(rules), compare)
            default:
                if let fault = rule.fault(expected, actual, isCascaded: choice.isCascaded) {
                    comparison.note(scope.path, fault)
                }
                comparison.elements(expected, actual, scope, compare)
            }
        }
    }

    private mutating func elements<Element>(
        _ expected: [Element], _ actual: [Element], _ scope: RuleScope, _ compare: Compare<Element>
    ) {
        for index in 0..<max(expected.count, actual.count) {
            let inner = scope.child(String(index))
            if index < actual.count {
                compare(&self, index < expected.count ? expected[index] : expected[0], actual[index], inner)
            } else if inner.choice == nil {
                note(scope.path, "the element at \(index) is missing")
            }
        }
    }

    private mutating func variants<Element>(
        _ given: [PactRule.Variant], _ expected: [Element], _ actual: [Element], _ scope: RuleScope,
        _ compare: Compare<Element>
    ) {
        var equal = PactRules()
        equal.add(.root, PactRuleList(rules: [.equality]))
        let variants =
            given.isEmpty ? expected.indices.map { PactRule.Variant(index: $0, rules: equal) } : given
        for variant in variants {
            guard variant.index < expected.count else {
                note(scope.path, "the example has no element for the variant at \(variant.index)")
                continue
            }
            let root = RuleScope(variant.rules)
            let isFound = actual.contains { element in
                attempt { compare(&$0, expected[variant.index], element, root) }.count == 0
            }
            if !isFound { note(scope.path, "no element is like the variant at \(variant.index)") }
        }
    }
}
