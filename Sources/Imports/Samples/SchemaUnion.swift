package import Contracts

/// One schema that allows what any of several allows, for schemas as samples are described with: of `type`, `properties`,
/// `required`, `items`, their bounds, `const`, `pattern` and `format`.
package enum SchemaUnion {
    /// Nil when there is none.
    package static func schema(_ schemas: [JSONValue]) -> JSONValue? {
        guard let first = schemas.first else { return nil }
        return schemas.dropFirst().reduce(first) { merge($0, $1) }
    }

    private static func merge(_ left: JSONValue, _ right: JSONValue) -> JSONValue {
        if left == right { return left }
        guard let one = left["type"]?.stringValue, let other = right["type"]?.stringValue else {
            return either(left, right)
        }
        switch (one, other) {
        case ("object", "object"): return objects(left, right)
        case ("array", "array"): return arrays(left, right)
        case ("null", _), (_, "null"):
            var rest = one == "null" ? right : left
            rest["type"] = [.string(one == "null" ? other : one), "null"]
            return rest
        case ("integer", "number"), ("number", "integer"): return ["type": "number"]
        case _ where one == other: return common(left, right)
        default: return either(left, right)
        }
    }

    /// The members of both; required is what both require.
    private static func objects(_ left: JSONValue, _ right: JSONValue) -> JSONValue {
        var result: JSONObject = ["type": "object"]
        var properties = left["properties"]?.objectValue ?? [:]
        for (name, schema) in right["properties"]?.objectValue ?? [:] {
            properties[name] = properties[name].map { merge($0, schema) } ?? schema
        }
        if !properties.isEmpty { result["properties"] = .object(properties) }
        if let one = left["additionalProperties"], let other = right["additionalProperties"] {
            result["additionalProperties"] = merge(one, other)
        }
        let others = Set(right["required"]?.arrayValue?.compactMap(\.stringValue) ?? [])
        let required = (left["required"]?.arrayValue?.compactMap(\.stringValue) ?? []).filter(others.contains)
        if !required.isEmpty { result["required"] = JSONValue(required) }
        return .object(result)
    }

    private static func arrays(_ left: JSONValue, _ right: JSONValue) -> JSONValue {
        var result: JSONObject = ["type": "array"]
        if let one = left["minItems"]?.intValue, let other = right["minItems"]?.intValue {
            result["minItems"] = JSONValue(min(one, other))
        }
        if let one = left["maxItems"]?.intValue, let other = right["maxItems"]?.intValue {
            result["maxItems"] = JSONValue(max(one, other))
        }
        switch (left["items"], right["items"]) {
        case (let one?, let other?): result["items"] = merge(one, other)
        // An empty example says nothing about elements.
        case (let items?, nil), (nil, let items?): result["items"] = items
        case (nil, nil): break
        }
        return .object(result)
    }

    /// Only the keywords that both have.
    private static func common(_ left: JSONValue, _ right: JSONValue) -> JSONValue {
        let kept = (left.objectValue ?? [:]).entries.filter { right[$0.key] == $0.value }
        return .object(JSONObject(kept.map { ($0.key, $0.value) }))
    }

    private static func either(_ left: JSONValue, _ right: JSONValue) -> JSONValue {
        var parts = left["anyOf"]?.arrayValue ?? [left]
        for part in right["anyOf"]?.arrayValue ?? [right] where !parts.contains(part) { parts.append(part) }
        return ["anyOf": .array(parts)]
    }
}
