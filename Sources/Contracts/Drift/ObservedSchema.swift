/// Says in a schema what was seen, without a word of what it was: types, and what the parts are made of.
///
/// `SchemaInference` guesses; of its guesses only those are kept that no further payload can prove too narrow.
public enum ObservedSchema {
    private typealias Beyond = (JSONDecimal, JSONDecimal) -> Bool

    private static let mostMembers = 64
    /// Characters of a schema that is kept; of a larger one the type alone is.
    private static let longest = 8 << 10

    /// The schema of one value.
    static func schema(of value: JSONValue) -> JSONValue {
        if value.isNull { return ["type": "null"] }
        var inference = SchemaInference()
        inference.add(value)
        return bounded(plain(inference.schema()))
    }

    /// A schema for what either describes; both made here.
    public static func merge(_ first: JSONValue, _ second: JSONValue) -> JSONValue {
        first == second ? first : bounded(merged(first, second))
    }

    /// Without words, formats and what is required.
    private static func plain(_ schema: JSONValue) -> JSONValue {
        var plain = JSONObject()
        plain["type"] = schema["type"]
        plain["items"] = schema["items"].map(Self.plain)
        plain["additionalProperties"] = schema["additionalProperties"].map(Self.plain)
        if case .object(let members)? = schema["properties"] {
            let kept = members.entries.prefix(mostMembers).map { ($0.key, Self.plain($0.value)) }
            plain["properties"] = .object(JSONObject(kept))
        }
        return .object(plain)
    }

    private static func merged(_ first: JSONValue, _ second: JSONValue) -> JSONValue {
        // One that says nothing was made of nulls, or was too large.
        guard first != [:], second != [:] else { return [:] }
        var result = first.objectValue ?? [:]
        if first["type"] != nil || second["type"] != nil { result["type"] = widened(first["type"], second["type"]) }
        for (keyword, isBeyond) in [("minimum", { $0 < $1 }), ("maximum", { $1 < $0 })] as [(String, Beyond)] {
            guard case .number(let one)? = first[keyword], case .number(let other)? = second[keyword] else { continue }
            result[keyword] = .number(isBeyond(JSONDecimal(other.text), JSONDecimal(one.text)) ? other : one)
        }
        for keyword in ["items", "additionalProperties"] {
            guard let other = second[keyword] else { continue }
            result[keyword] = first[keyword].map { merged($0, other) } ?? other
        }
        if case .object(let others)? = second["properties"] {
            var properties = first["properties"]?.objectValue ?? [:]
            for (name, schema) in others where properties.count < mostMembers || properties.contains(name) {
                properties[name] = properties[name].map { merged($0, schema) } ?? schema
            }
            result["properties"] = .object(properties)
        }
        return .object(result)
    }

    private static func bounded(_ schema: JSONValue) -> JSONValue {
        guard schema.text.utf8.count > longest else { return schema }
        return schema["type"].map { ["type": $0] } ?? [:]
    }

    /// A `type` for what either allows.
    static func widened(_ first: JSONValue?, _ second: JSONValue?) -> JSONValue {
        var names = names(first)
        for name in self.names(second) where !names.contains(name) {
            if name == "number" { names.removeAll { $0 == "integer" } }
            if name == "integer", names.contains("number") { continue }
            names.append(name)
        }
        return names.count == 1 ? .string(names[0]) : JSONValue(names)
    }

    private static func names(_ type: JSONValue?) -> [String] {
        type?.stringValue.map { [$0] } ?? type?.arrayValue?.compactMap(\.stringValue) ?? []
    }

    /// The name of a value's type, as schemas give it.
    static func typeName(_ value: JSONValue) -> String {
        if case .number(let number) = value, JSONDecimal(number.text).isInteger { return "integer" }
        return value.typeName
    }
}
