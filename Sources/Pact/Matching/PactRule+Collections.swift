import Contracts

extension PactRule {
    /// What is wrong with an object as a whole.
    func fault(_ expected: JSONObject, _ actual: JSONObject, isCascaded: Bool) -> String? {
        switch self {
        case .regex, .values, .arrayContains, .eachKey, .eachValue: nil
        case .type(let min, let max):
            isCascaded ? nil : PactRule.sizeFault(actual.count, min: min, max: max, "member")
        case .equality: expected == actual ? nil : "expected an equal object"
        case .notEmpty: actual.isEmpty ? "expected an object that is not empty" : nil
        case .unknown(let words): words
        default: "this rule cannot be met by an object"
        }
    }

    /// What is wrong with an array or a list of values as a whole.
    func fault<Element: Equatable>(_ expected: [Element], _ actual: [Element], isCascaded: Bool) -> String? {
        switch self {
        case .type(let min, let max):
            isCascaded ? nil : PactRule.sizeFault(actual.count, min: min, max: max, "element")
        case .equality: expected == actual ? nil : "expected an equal list"
        case .notEmpty: actual.isEmpty ? "expected a list that is not empty" : nil
        case .null, .statusCode: "this rule cannot be met by a list"
        case .unknown(let words): words
        default: nil
        }
    }

    /// What is wrong with an element of XML: rules speak of its name and of how many children it has.
    func fault(_ expected: XMLElement, _ actual: XMLElement, isCascaded: Bool) -> String? {
        let isSame = expected.name == actual.name
        let difference = "expected an element \(expected.name), not \(actual.name)"
        switch self {
        case .regex(let pattern):
            // The pattern is for the text inside, unless the name is another.
            return isSame || pattern.matches(actual.name.local) ? nil : difference
        case .type(nil, nil), .equality: return isSame ? nil : difference
        case .type(let min, let max):
            return isCascaded ? nil : PactRule.sizeFault(actual.children.count, min: min, max: max, "child element")
        case .notEmpty:
            return actual.children.isEmpty && actual.text.isEmpty ? "expected an element that is not empty" : nil
        case .unknown(let words): return words
        default: return "this rule cannot be met by an element"
        }
    }
}
