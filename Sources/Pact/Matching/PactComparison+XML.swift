extension PactComparison {
    /// Compares two root elements.
    mutating func xml(_ expected: XMLElement, _ actual: XMLElement, _ rules: PactRules) {
        let root = RuleScope(rules, passesIndices: true)
        element(expected, actual, root.child(expected.name.description))
    }

    private mutating func element(_ expected: XMLElement, _ actual: XMLElement, _ scope: RuleScope) {
        guard spend(scope) else { return }
        if let choice = scope.choice {
            let faults = choice.list.judge { $0.fault(expected, actual, isCascaded: choice.isCascaded) }
            guard faults.isEmpty else { return note(scope, faults) }
        } else if expected.name != actual.name {
            return note(scope.path, "expected an element \(expected.name), not \(actual.name)")
        }
        attributes(expected, actual, scope)
        children(expected, actual, scope)
        text(expected.text, actual.text, scope.child("#text"))
    }

    private mutating func attributes(_ expected: XMLElement, _ actual: XMLElement, _ scope: RuleScope) {
        for attribute in expected.attributes {
            let inner = scope.child("@\(attribute.name)")
            if let value = actual.attribute(attribute.name) {
                text(attribute.value, value, inner)
            } else {
                note(inner.path, "the attribute is missing")
            }
        }
        guard isStrict else { return }
        for attribute in actual.attributes where expected.attribute(attribute.name) == nil {
            note(scope.path, "the attribute \(attribute.name) was not expected")
        }
    }

    /// Children are compared with those of the same name, in their order. Where a rule for types applies, each is
    /// compared with the first example, however many come, and other names are not expected.
    private mutating func children(_ expected: XMLElement, _ actual: XMLElement, _ scope: RuleScope) {
        let groups = expected.groups
        var came = Dictionary(uniqueKeysWithValues: actual.groups.map { ($0.name, $0.elements) })
        for (name, examples) in groups {
            let inner = scope.child(name.description)
            guard let elements = came.removeValue(forKey: name), !elements.isEmpty else {
                note(scope.path, "the element \(name) is missing")
                continue
            }
            if inner.hasTypeRule {
                for item in elements { element(examples[0], item, inner) }
                continue
            }
            for (example, item) in zip(examples, elements) { element(example, item, inner) }
            if elements.count < examples.count {
                note(inner.path, "expected \(examples.count) elements of this name, not \(elements.count)")
            } else if isStrict, elements.count > examples.count {
                note(inner.path, "expected \(examples.count) elements of this name, not \(elements.count)")
            }
        }
        for name in came.keys.sorted(by: { $0.description < $1.description })
        where isStrict || scope.child(name.description).hasTypeRule {
            note(scope.path, "the element \(name) was not expected")
        }
    }

    private mutating func text(_ expected: String, _ actual: String, _ scope: RuleScope) {
        guard let choice = scope.choice else {
            guard expected != actual else { return }
            return note(scope.path, "expected \(Shown.text(expected)), not \(Shown.text(actual))")
        }
        note(scope, choice.list.judge { $0.fault(expected, actual, isCascaded: choice.isCascaded) })
    }
}
