import Contracts
import TestSupport

/// Makes small JSON values from few words, so that they often meet what a made schema speaks of.
struct ValueMaker {
    static let names = ["a", "b", "c", "ab", "z"]
    static let texts = ["", "a", "b", "ab", "abc", "ba", "é", "2020-01-02", "1.2.3.4", "A1", "x"]
    static let numbers = ["0", "1", "2", "3", "-1", "10", "0.5", "1.0", "1e1", "2.5", "12", "-0", "1e400"]

    var generator: SeededRandom
    /// Values a schema speaks of.
    var literals: [JSONValue] = []

    mutating func value(depth: Int = 0) -> JSONValue {
        if !literals.isEmpty, generator.once(in: 4) { return generator.pick(literals) }
        switch generator.below(depth > 2 ? 6 : 11) {
        case 0: return .null
        case 1: return .bool(generator.once(in: 2))
        case 2, 3: return number()
        case 4, 5: return .string(generator.pick(Self.texts))
        case 6, 7:
            var elements: [JSONValue] = []
            for _ in 0..<generator.below(4) { elements.append(value(depth: depth + 1)) }
            return .array(elements)
        default:
            var object = JSONObject()
            for _ in 0..<generator.below(4) { object[generator.pick(Self.names)] = value(depth: depth + 1) }
            return .object(object)
        }
    }

    mutating func number() -> JSONValue {
        .number(JSONNumber(text: generator.pick(Self.numbers)) ?? JSONNumber(0))
    }

    /// What `enum`, `const` and the limits of a schema name.
    static func literals(of schema: JSONValue) -> [JSONValue] {
        switch schema {
        case .array(let elements): elements.flatMap { literals(of: $0) }
        case .object(let object):
            object.entries.flatMap { key, value -> [JSONValue] in
                switch key {
                case "const": [value]
                case "enum": value.arrayValue ?? []
                case "minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum": [value]
                default: literals(of: value)
                }
            }
        default: []
        }
    }
}
