import Contracts
import Inventory

extension PactComparison {
    /// Query parameters, or the fields of a form: by name, strictly.
    mutating func parameters(_ expected: PactValues, _ actual: PactValues, _ rules: PactRules) {
        let root = RuleScope(rules)
        for entry in expected.entries {
            guard let values = actual.values(of: entry.name) else {
                note(entry.name, "it is missing")
                continue
            }
            parameter(entry, values, root.child(entry.name))
        }
        for entry in actual.entries where expected.values(of: entry.name) == nil {
            note(entry.name, "it was not expected")
        }
    }

    private mutating func parameter(_ expected: PactValues.Entry, _ actual: [String], _ scope: RuleScope) {
        let name = expected.name
        if let choice = scope.choice {
            return list(expected.values, actual, choice, scope) { comparison, expected, actual, scope in
                comparison.single(expected, actual, scope, named: scope.path, of: name)
            }
        }
        for (index, pair) in zip(expected.values, actual).enumerated() {
            single(pair.0, pair.1, scope.child(String(index)), named: name, of: name)
        }
        guard expected.values.count != actual.count else { return }
        note(name, "expected \(expected.values.count) values, not \(actual.count)")
    }

    /// - Parameters:
    ///   - place: where the value stands.
    ///   - name: of the field or parameter that it belongs to.
    private mutating func single(
        _ expected: String, _ actual: String, _ scope: RuleScope, named place: String, of name: String
    ) {
        guard let choice = scope.choice else {
            guard expected != actual else { return }
            return note(place, "expected \(shown(expected, name)), not \(shown(actual, name))")
        }
        for fault in choice.list.judge({ $0.fault(expected, actual, isCascaded: choice.isCascaded) }) {
            note(place, isSecret(name) ? "it is not as agreed, and kept back" : fault)
        }
    }

    /// Credentials come along where a consumer is tried: they stand in no report.
    private func isSecret(_ name: String) -> Bool {
        switch part {
        case .header: Redaction.standard.isSecret(header: name)
        case .query: Redaction.standard.isSecret(member: name)
        default: false
        }
    }

    private func shown(_ text: String, _ name: String) -> String {
        isSecret(name) ? "a value that is kept back" : Shown.text(text)
    }

    /// Fields of a head: names in any case, and more may come.
    mutating func fields(_ expected: PactValues, _ actual: PactValues, _ rules: PactRules) {
        let root = RuleScope(rules.mapPaths(\.lowercased))
        for entry in expected.entries {
            guard let came = actual.values(of: entry.name, ignoringCase: true) else {
                note(entry.name, "it is missing")
                continue
            }
            field(entry, came, root.child(entry.name.lowercased()))
        }
    }

    private mutating func field(_ expected: PactValues.Entry, _ actual: [String], _ scope: RuleScope) {
        let name = expected.name
        let (wanted, came) = PactComparison.aligned(expected, actual)
        if let choice = scope.choice, wanted.count != 1 || came.count != 1 {
            return list(wanted, came, choice, scope) { comparison, expected, actual, scope in
                comparison.single(expected, actual, scope, named: scope.path, of: name)
            }
        }
        if wanted.isEmpty, !came.isEmpty {
            return note(name, "expected no value, not \(shown(came.joined(separator: ", "), name))")
        }
        for (index, value) in wanted.enumerated() {
            guard index < came.count else {
                note(name, "the value \(shown(value, name)) is missing")
                continue
            }
            let inner = scope.choice == nil ? scope.child(String(index)) : scope
            if inner.choice != nil {
                single(value, came[index], inner, named: name, of: name)
            } else if !PactComparison.isSameField(name, value, came[index]) {
                note(name, "expected \(shown(value, name)), not \(shown(came[index], name))")
            }
        }
    }

    /// Both sides with as many values as each other, where a line of several values stands for them.
    private static func aligned(_ expected: PactValues.Entry, _ actual: [String]) -> ([String], [String]) {
        guard expected.values.count != actual.count else { return (expected.values, actual) }
        if expected.values.count == 1 { return (expected.values, [actual.joined(separator: ", ")]) }
        if actual.count == 1 {
            let parts = actual[0].split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed }
            if parts.count == expected.values.count { return (expected.values, parts) }
        }
        return (expected.values, actual)
    }

    /// Fields with parameters may have more of them, in any order; elsewhere white space after commas does not matter.
    private static func isSameField(_ name: String, _ expected: String, _ actual: String) -> Bool {
        if ["accept", "content-type"].contains(name.lowercased()) {
            let wanted = HeaderParts(expected)
            let came = HeaderParts(actual)
            return wanted.value == came.value
                && wanted.parameters.allSatisfy { name, value in
                    came.parameters[name]?.lowercased() == value.lowercased()
                }
        }
        func normal(_ text: String) -> [String] {
            text.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed }
        }
        return normal(expected) == normal(actual)
    }
}

extension PactPath {
    fileprivate var lowercased: PactPath {
        let tokens = tokens.map { token in
            if case .name(let name) = token { Token.name(name.lowercased()) } else { token }
        }
        return PactPath(tokens: tokens, text: text)
    }
}
