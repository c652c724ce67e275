import Contracts

extension PactRule {
    /// Longer texts are not searched: a pattern's time grows with the text.
    static let searchLimit = 256 << 10

    /// What is wrong with a JSON value by this rule, in words; nil when nothing is.
    func fault(_ expected: JSONValue, _ actual: JSONValue, isCascaded: Bool) -> String? {
        switch self {
        case .regex, .include: return textFault(actual.plainText)
        case .type(let min, let max): return typeFault(expected, actual, min: min, max: max, isCascaded)
        case .equality, .values:
            return expected == actual ? nil : "expected \(Shown.value(expected)), not \(Shown.value(actual))"
        case .number: return unless(actual.numberValue != nil, actual, "a number")
        case .integer: return unless(actual.numberValue?.isDecimal == false, actual, "an integer")
        case .decimal: return unless(actual.numberValue?.isDecimal == true, actual, "a decimal number")
        case .boolean:
            let isBoolean = actual.boolValue != nil || actual == "true" || actual == "false"
            return unless(isBoolean, actual, "a boolean")
        case .null: return unless(actual.isNull, actual, "null")
        case .moment, .contentType: return textFault(actual.plainText)
        case .semver:
            guard case .string(let text) = actual else { return unless(false, actual, "a version") }
            return textFault(text)
        case .notEmpty: return unless(!actual.isHollow, actual, "something that is not empty")
        case .arrayContains, .eachKey, .eachValue, .statusCode: return nil
        case .unknown(let words): return words
        }
    }

    /// What is wrong with a text, such as a field's value or an attribute's.
    func fault(_ expected: String, _ actual: String, isCascaded: Bool) -> String? {
        switch self {
        case .equality, .values:
            return expected == actual ? nil : "expected \(Shown.text(expected)), not \(Shown.text(actual))"
        case .type: return nil
        case .number, .decimal: return textUnless(JSONNumber(text: actual) != nil, actual, "a number")
        case .integer:
            let digits = actual.utf8.first == UInt8(ascii: "-") ? actual.utf8.dropFirst() : actual.utf8[...]
            let isInteger = !digits.isEmpty && digits.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
            return textUnless(isInteger, actual, "an integer")
        case .boolean: return textUnless(actual == "true" || actual == "false", actual, "a boolean")
        case .notEmpty: return actual.isEmpty ? "expected something that is not empty" : nil
        case .statusCode(let status):
            return textUnless(Int(actual).map(status.contains) == true, actual, status.words)
        case .regex, .include, .moment, .contentType, .semver: return textFault(actual)
        case .null, .arrayContains: return "this rule cannot be met by a text"
        case .eachKey, .eachValue: return isCascaded ? nil : "this rule cannot be met by a text"
        case .unknown(let words): return words
        }
    }

    private func textFault(_ actual: String) -> String? {
        switch self {
        case .regex(let pattern):
            guard actual.utf8.count <= Self.searchLimit else { return "the text is too long to be searched" }
            return textUnless(pattern.matches(actual), actual, "a match of \(Shown.text(pattern.text))")
        case .include(let part): return textUnless(actual.contains(part), actual, "a text with \(Shown.text(part))")
        case .moment(let form): return textUnless(form.accepts(actual), actual, "a moment as \(Shown.text(form.text))")
        case .contentType(let type):
            let seen = ContentSignature.type(of: Array(actual.utf8))
            return ContentSignature.isOne(seen, of: type) ? nil : "expected a content of \(type), not \(seen)"
        case .semver: return textUnless(SemanticVersion.isValid(actual), actual, "a semantic version")
        default: return nil
        }
    }

    private func typeFault(_ expected: JSONValue, _ actual: JSONValue, min: Int?, max: Int?, _ isCascaded: Bool)
        -> String?
    {
        guard expected.typeName == actual.typeName else {
            return "expected \(expected.typeName), not \(Shown.value(actual)) (\(actual.typeName))"
        }
        guard !isCascaded, case .array(let elements) = actual else { return nil }
        return PactRule.sizeFault(elements.count, min: min, max: max, "element")
    }

    static func sizeFault(_ count: Int, min: Int?, max: Int?, _ noun: String) -> String? {
        if let min, count < min { return "expected at least \(min) \(noun)\(min == 1 ? "" : "s"), not \(count)" }
        if let max, count > max { return "expected at most \(max) \(noun)\(max == 1 ? "" : "s"), not \(count)" }
        return nil
    }

    private func unless(_ isGood: Bool, _ actual: JSONValue, _ wanted: String) -> String? {
        isGood ? nil : "expected \(wanted), not \(Shown.value(actual)) (\(Shown.type(actual)))"
    }

    private func textUnless(_ isGood: Bool, _ actual: String, _ wanted: String) -> String? {
        isGood ? nil : "expected \(wanted), not \(Shown.text(actual))"
    }
}

extension JSONValue {
    /// Null, or a text or collection with nothing in it.
    fileprivate var isHollow: Bool {
        switch self {
        case .null: true
        case .string(let text): text.isEmpty
        case .array(let elements): elements.isEmpty
        case .object(let object): object.isEmpty
        case .bool, .number: false
        }
    }
}
