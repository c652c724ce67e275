import Contracts

extension PactComparison {
    mutating func json(_ expected: JSONValue, _ actual: JSONValue, _ scope: RuleScope) {
        guard spend(scope) else { return }
        switch (expected, actual) {
        case (.object(let expected), .object(let actual)): object(expected, actual, scope)
        case (.array(let expected), .array(let actual)): array(expected, actual, scope)
        case (.object, _), (.array, _):
            note(scope.path, "expected an \(expected.typeName), not \(Shown.value(actual)) (\(Shown.type(actual)))")
        default: value(expected, actual, scope)
        }
    }

    private mutating func value(_ expected: JSONValue, _ actual: JSONValue, _ scope: RuleScope) {
        guard let choice = scope.choice else {
            guard expected != actual else { return }
            let isSameType = expected.typeName == actual.typeName
            let type = isSameType ? "" : " (\(Shown.type(actual)))"
            return note(scope.path, "expected \(Shown.value(expected)), not \(Shown.value(actual))\(type)")
        }
        note(scope, choice.list.judge { $0.fault(expected, actual, isCascaded: choice.isCascaded) })
    }

    private mutating func object(_ expected: JSONObject, _ actual: JSONObject, _ scope: RuleScope) {
        if isStrict, expected.isEmpty, !actual.isEmpty {
            return note(scope.path, "expected no members, not \(actual.keys.count)")
        }
        guard let choice = scope.choice else {
            members(expected, actual, scope)
            return named(expected, actual, scope)
        }
        each(choice) { comparison, rule in
            if !choice.isCascaded, rule.isValues {
                comparison.anyNames(expected, actual, rule, scope)
            } else {
                if let fault = rule.fault(expected, actual, isCascaded: choice.isCascaded) {
                    comparison.note(scope.path, fault)
                }
                comparison.members(expected, actual, scope)
                comparison.named(expected, actual, scope)
            }
        }
    }

    /// Every member that came, by its own example or by the first there is.
    private mutating func anyNames(_ expected: JSONObject, _ actual: JSONObject, _ rule: PactRule, _ scope: RuleScope) {
        var inner = scope
        if case .eachValue(let rules) = rule { inner = scope.only(rules) }
        let first = expected.entries.first?.value
        for (name, value) in actual {
            guard let example = expected[name] ?? first else { return }
            json(example, value, inner.child(name))
        }
    }

    private mutating func named(_ expected: JSONObject, _ actual: JSONObject, _ scope: RuleScope) {
        for (name, value) in expected {
            guard let came = actual[name] else { continue }
            json(value, came, scope.child(name))
        }
    }

    /// The names alone.
    private mutating func members(_ expected: JSONObject, _ actual: JSONObject, _ scope: RuleScope) {
        let rules = scope.here.flatMap(\.rules)
        if !rules.contains(where: { $0.namesAreFree }) {
            for name in expected.keys where !actual.contains(name) {
                note(scope.path, "the member \(Shown.text(name)) is missing")
            }
            if isStrict {
                for name in actual.keys where !expected.contains(name) {
                    note(scope.path, "the member \(Shown.text(name)) was not expected")
                }
            }
        }
        for rule in rules {
            guard case .eachKey(let parts) = rule else { continue }
            for name in actual.keys {
                for part in parts {
                    guard let fault = part.fault("", name, isCascaded: false) else { continue }
                    note(scope.child(name).path, "its name: \(fault)")
                }
            }
        }
    }

    private mutating func array(_ expected: [JSONValue], _ actual: [JSONValue], _ scope: RuleScope) {
        if let choice = scope.choice {
            list(expected, actual, choice, scope) { comparison, expected, actual, scope in
                comparison.json(expected, actual, scope)
            }
        } else {
            for (index, pair) in zip(expected, actual).enumerated() {
                json(pair.0, pair.1, scope.child(String(index)))
            }
            guard expected.count != actual.count else { return }
            note(scope.path, "expected an array of \(expected.count), not of \(actual.count)")
        }
    }
}

extension PactRule {
    fileprivate var namesAreFree: Bool {
        switch self {
        case .values, .eachValue, .eachKey: true
        default: false
        }
    }
}
