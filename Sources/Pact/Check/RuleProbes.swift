import Contracts

/// Values that matching rules allow in the places of an example, to try out whether a contract allows them too.
struct RuleProbes {
    /// Most variations of one example.
    private static let limit = 400

    struct Variation {
        /// Where the example was changed.
        let path: String
        /// What stands there now.
        let probe: JSONValue
        /// The whole.
        let value: JSONValue
    }

    private let rules: PactRules

    init(_ rules: PactRules) {
        self.rules = rules
    }

    func variations(of example: JSONValue) -> [Variation] {
        var found: [(steps: [String], path: String, probe: JSONValue)] = []
        collect(example, RuleScope(rules), &found)
        return found.prefix(Self.limit).map { steps, path, probe in
            let tokens = steps.dropFirst().map { PactPath.Token.name($0) }
            return Variation(path: path, probe: probe, value: example.replacing(tokens[...]) { _ in probe })
        }
    }

    private func collect(
        _ example: JSONValue, _ scope: RuleScope, _ found: inout [(steps: [String], path: String, probe: JSONValue)]
    ) {
        guard found.count < Self.limit else { return }
        if let choice = scope.choice, choice.list.rules.count == 1 {
            for probe in choice.list.rules[0].probes(example, isCascaded: choice.isCascaded) {
                found.append((scope.steps, scope.path, probe))
            }
        }
        switch example {
        case .object(let object):
            for (name, value) in object { collect(value, scope.child(name), &found) }
        case .array(let elements):
            for (index, value) in elements.enumerated() { collect(value, scope.child(String(index)), &found) }
        default: return
        }
    }
}

extension PactRule {
    /// Values besides the example that the rule lets through, the most telling first.
    fileprivate func probes(_ example: JSONValue, isCascaded: Bool) -> [JSONValue] {
        switch self {
        case .type(let min, let max):
            guard case .array(let elements) = example else { return PactRule.probes(ofType: example) }
            guard !isCascaded, let first = elements.first else { return [] }
            let sizes = [Swift.min(min ?? 0, 200), Swift.min(max ?? 200, 200)]
            return sizes.filter { $0 != elements.count }.map { .array(Array(repeating: first, count: $0)) }
        case .number: return [-1, 0, 1.5, 1_000_000_000]
        case .integer: return [-1, 0, 1_000_000_000]
        case .decimal: return [-1.5, 0.5, 1.23456789]
        case .boolean: return [true, false]
        case .include(let part): return [.string(part), .string("?\(part)?")]
        case .notEmpty where example.stringValue != nil: return ["?"]
        default: return []
        }
    }

    private static func probes(ofType example: JSONValue) -> [JSONValue] {
        switch example {
        case .string: ["", "?", .string(String(repeating: "x", count: 300))]
        case .number: [-1, 0, 1.5, 1_000_000_000]
        case .bool: [true, false]
        case .null, .array, .object: []
        }
    }
}
