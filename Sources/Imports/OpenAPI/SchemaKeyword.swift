import Contracts

/// The keywords of draft 2020-12 that a contract takes from a description, and what values they can have.
enum SchemaKeyword {
    enum Holder: Sendable {
        case one, list, map
    }

    enum Form: Sendable {
        case text, pattern, flag, number, positive, count, names, namesByName, types, values, any

        func fits(_ value: JSONValue) -> Bool {
            switch self {
            case .text: value.stringValue != nil
            case .pattern: value.stringValue.map { (try? RegularExpression($0)) != nil } ?? false
            case .flag: value.boolValue != nil
            case .number: value.numberValue != nil
            case .positive: (value.doubleValue ?? 0) > 0
            case .count: (value.intValue ?? -1) >= 0
            case .names: Self.areNames(value)
            case .namesByName: value.objectValue?.allSatisfy { Self.areNames($0.value) } ?? false
            case .types: Self.areTypes(value)
            case .values: value.arrayValue?.isEmpty == false
            case .any: true
            }
        }

        private static func areNames(_ value: JSONValue) -> Bool {
            guard let items = value.arrayValue else { return false }
            return items.allSatisfy { $0.stringValue != nil } && Set(items).count == items.count
        }

        private static func areTypes(_ value: JSONValue) -> Bool {
            let names = value.arrayValue ?? [value]
            let known: Set<String> = ["array", "boolean", "integer", "null", "number", "object", "string"]
            return !names.isEmpty && names.allSatisfy { $0.stringValue.map { known.contains($0) } ?? false }
                && Set(names).count == names.count
        }
    }

    static let holders: [String: Holder] = [
        "additionalProperties": .one, "allOf": .list, "anyOf": .list, "contains": .one, "dependentSchemas": .map,
        "else": .one, "if": .one, "items": .one, "not": .one, "oneOf": .list, "patternProperties": .map,
        "prefixItems": .list,
        "properties": .map, "propertyNames": .one, "then": .one, "unevaluatedItems": .one,
        "unevaluatedProperties": .one,
    ]

    static let forms: [String: Form] = [
        "const": .any, "contentEncoding": .text, "contentMediaType": .text, "dependentRequired": .namesByName,
        "deprecated": .flag, "description": .text, "enum": .values, "exclusiveMaximum": .number,
        "exclusiveMinimum": .number, "format": .text, "maxContains": .count, "maxItems": .count, "maxLength": .count,
        "maxProperties": .count, "maximum": .number, "minContains": .count, "minItems": .count, "minLength": .count,
        "minProperties": .count, "minimum": .number, "multipleOf": .positive, "pattern": .pattern, "readOnly": .flag,
        "required": .names, "title": .text, "type": .types, "uniqueItems": .flag, "writeOnly": .flag,
        "x-personal": .flag,
    ]

    /// What says something about values and has no place in a contract's file.
    static let lost: Set<String> = ["$anchor", "$dynamicAnchor", "$dynamicRef", "$id", "$recursiveRef", "$vocabulary"]

    /// Values that are usual although they fit no form, and mean nothing.
    static func saysNothing(_ keyword: String, _ value: JSONValue, isOld: Bool) -> Bool {
        switch keyword {
        case "exclusiveMinimum", "exclusiveMaximum": isOld && value.boolValue != nil
        case "required": value.boolValue != nil || value == []
        case "type": value == "file" || value == "any"
        default: value.isNull
        }
    }

    static func trimmed(_ keyword: String, _ value: JSONValue) -> JSONValue? {
        switch keyword {
        case "description", "title": Prose.short(value.stringValue).map { .string($0) }
        case "format": ["binary", "byte"].contains(value) ? JSONValue?.none : value
        default: value
        }
    }

    private static let first = ["$ref", "title", "description", "type", "format", "enum", "required", "properties"]

    /// The keywords in an order that reads well.
    static func ordered(_ schema: JSONObject) -> JSONObject {
        var result = JSONObject()
        for keyword in first { if let value = schema[keyword] { result[keyword] = value } }
        for (keyword, value) in schema where result[keyword] == nil { result[keyword] = value }
        return result
    }

    /// What `int32` says, in words that every reader of the contract knows.
    static func boundIntegers(_ schema: inout JSONObject) {
        guard schema["format"] == "int32", schema["type"] == "integer" else { return }
        if schema["minimum"] == nil, schema["exclusiveMinimum"] == nil { schema["minimum"] = -2_147_483_648 }
        if schema["maximum"] == nil, schema["exclusiveMaximum"] == nil { schema["maximum"] = 2_147_483_647 }
        schema["format"] = nil
    }
}
