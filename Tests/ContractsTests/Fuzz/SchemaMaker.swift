import Contracts
import TestSupport

/// Makes schemas of draft 2020-12 out of all keywords, and changes them a little.
struct SchemaMaker {
    private static let types = ["null", "boolean", "object", "array", "number", "string", "integer"]
    private static let patterns = ["^a", "b$", "^[a-c]+$", "^.{2}$", "a|x", "\\d"]
    private static let formats = ["date", "ipv4", "uuid", "regex", "unknown"]

    var generator: SeededRandom

    /// A whole schema with parts to refer to.
    mutating func schema() -> JSONValue {
        var schema = self.part(depth: 0)
        if case .object(var object) = schema {
            object["$defs"] = ["x": part(depth: 2), "y": part(depth: 2)]
            schema = .object(object)
        }
        return schema
    }

    mutating func part(depth: Int) -> JSONValue {
        if generator.once(in: 12) { return .bool(!generator.once(in: 3)) }
        var object = JSONObject()
        for _ in 0...generator.below(3) { add(&object, depth: depth) }
        return .object(object)
    }

    /// Adds a keyword or two that go together.
    mutating func add(_ object: inout JSONObject, depth: Int) {
        let deep = depth > 2
        switch generator.below(deep ? 14 : 32) {
        case 0, 1, 2: object["type"] = .string(generator.pick(Self.types))
        case 3:
            let pair = [generator.pick(Self.types), generator.pick(Self.types)]
            object["type"] = pair[0] == pair[1] ? .string(pair[0]) : JSONValue(pair)
        case 4: object["enum"] = .array((0...generator.below(3)).map { _ in literal() })
        case 5: object["const"] = literal()
        case 6: object[generator.pick(["minimum", "exclusiveMinimum"])] = .number(JSONNumber(generator.below(4)))
        case 7: object[generator.pick(["maximum", "exclusiveMaximum"])] = .number(JSONNumber(generator.below(12)))
        case 8:
            object["multipleOf"] = .number(JSONNumber(text: generator.pick(["1", "2", "0.5", "3"])) ?? JSONNumber(1))
        case 9: object[generator.pick(["minLength", "maxLength"])] = .number(JSONNumber(generator.below(4)))
        case 10: object["pattern"] = .string(generator.pick(Self.patterns))
        case 11: object["format"] = .string(generator.pick(Self.formats))
        case 12: object["required"] = JSONValue(Array(Set([generator.pick(ValueMaker.names), "a"])).sorted())
        case 13: object["$ref"] = .string(generator.pick(["#/$defs/x", "#/$defs/y", "#"]))
        case 14, 15, 16, 17:
            var properties = JSONObject()
            for _ in 0...generator.below(3) {
                properties[generator.pick(ValueMaker.names)] = part(depth: depth + 1)
            }
            object["properties"] = .object(properties)
        case 18: object["additionalProperties"] = generator.once(in: 2) ? false : part(depth: depth + 1)
        case 19: object["patternProperties"] = [generator.pick(Self.patterns): part(depth: depth + 1)]
        case 20: object["propertyNames"] = part(depth: depth + 1)
        case 21: object["items"] = part(depth: depth + 1)
        case 22: object["prefixItems"] = .array((0...generator.below(2)).map { _ in part(depth: depth + 1) })
        case 23: object[generator.pick(["minItems", "maxItems"])] = .number(JSONNumber(generator.below(4)))
        case 24: object["uniqueItems"] = true
        case 25:
            object["contains"] = part(depth: depth + 1)
            if generator.once(in: 2) { object["minContains"] = .number(JSONNumber(generator.below(3))) }
            if generator.once(in: 3) { object["maxContains"] = .number(JSONNumber(generator.below(3))) }
        case 26: object[generator.pick(["minProperties", "maxProperties"])] = .number(JSONNumber(generator.below(4)))
        case 27: object["dependentRequired"] = [generator.pick(ValueMaker.names): ["a"]]
        case 28:
            object[generator.pick(["anyOf", "oneOf", "allOf"])] = .array(
                (0...generator.below(3)).map { _ in part(depth: depth + 1) })
        case 29: object["not"] = part(depth: depth + 1)
        case 30:
            object["if"] = part(depth: depth + 1)
            object[generator.pick(["then", "else"])] = part(depth: depth + 1)
        default:
            switch generator.below(3) {
            case 0: object["dependentSchemas"] = [generator.pick(ValueMaker.names): part(depth: depth + 1)]
            case 1: object["unevaluatedProperties"] = generator.once(in: 2) ? false : part(depth: depth + 1)
            default: object["unevaluatedItems"] = generator.once(in: 2) ? false : part(depth: depth + 1)
            }
        }
    }

    private mutating func literal() -> JSONValue {
        var maker = ValueMaker(generator: generator)
        defer { generator = maker.generator }
        return maker.value(depth: generator.once(in: 6) ? 1 : 3)
    }

    /// The schema with one or more places changed.
    mutating func changed(_ schema: JSONValue) -> JSONValue {
        var changed = schema
        for _ in 0...generator.below(2) { changed = change(changed, depth: 0) }
        return changed
    }

    private mutating func change(_ value: JSONValue, depth: Int) -> JSONValue {
        switch value {
        case .object(var object) where !object.isEmpty:
            if depth > 0 && generator.once(in: 3) || generator.once(in: 6) {
                if generator.once(in: 2) { object.remove(generator.pick(object.keys)) }
                if !generator.once(in: 3) { add(&object, depth: 2) }
                return .object(object)
            }
            let key = generator.pick(object.keys)
            if let inner = object[key] { object[key] = change(inner, depth: depth + 1) }
            return .object(object)
        case .array(var elements) where !elements.isEmpty:
            let index = generator.below(elements.count)
            if generator.once(in: 4) {
                elements.remove(at: index)
                return elements.isEmpty ? value : .array(elements)
            }
            elements[index] = change(elements[index], depth: depth + 1)
            return .array(elements)
        case .number: return .number(JSONNumber(generator.below(6) + 1))
        case .bool(let value): return .bool(!value)
        default: return value
        }
    }
}
