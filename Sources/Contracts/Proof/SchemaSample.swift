import Inventory

/// Makes a value that a schema accepts, always the same one, as small as the schema allows.
///
/// A best effort: what depends on patterns or conditions may come out wrong, so the caller checks the value.
struct SchemaSample {
    private let document: JSONValue
    private static let depthLimit = 16
    private static let lengthLimit = 10_000

    private static let formats: [String: String] = [
        "date": "2026-01-15", "date-time": "2026-01-15T12:00:00Z", "time": "12:00:00Z", "email": "a@example.org",
        "hostname": "example.org", "ipv4": "192.0.2.1", "ipv6": "2001:db8::1", "uri": "https://example.org/",
        "uri-reference": "/a", "uuid": "8c0d2a4e-0d5b-4f3a-9a53-5d0c7c9d1f10", "duration": "P1D",
        "json-pointer": "/a", "regex": "a",
    ]

    init(document: JSONValue) {
        self.document = document
    }

    /// The schema behind local references.
    func resolved(_ schema: JSONValue) -> JSONValue {
        var schema = schema
        for _ in 0..<Self.depthLimit {
            guard let text = schema["$ref"]?.stringValue, text.hasPrefix("#"),
                let path = PercentEncoding.decode(text.dropFirst().utf8), let pointer = JSONPointer(path),
                let target = document.value(at: pointer)
            else { break }
            schema = target
        }
        return schema
    }

    func value(of schema: JSONValue, depth: Int = 0) -> JSONValue {
        let schema = resolved(schema)
        guard depth < Self.depthLimit, let object = schema.objectValue else { return .null }
        for keyword in ["const", "default", "example"] {
            if let value = object[keyword] { return value }
        }
        for keyword in ["examples", "enum"] {
            if let value = object[keyword]?.arrayValue?.first { return value }
        }
        if let parts = object["allOf"]?.arrayValue {
            let all = parts.map { value(of: $0, depth: depth + 1) }
            guard all.contains(where: { $0.objectValue != nil }) else { return all.first { !$0.isNull } ?? .null }
            var merged = object["properties"] == nil ? JSONObject() : members(object, depth)
            for entry in all.compactMap(\.objectValue).flatMap(\.entries) { merged[entry.key] = entry.value }
            return .object(merged)
        }
        for keyword in ["oneOf", "anyOf"] {
            guard object["type"] == nil, let first = object[keyword]?.arrayValue?.first else { continue }
            return value(of: first, depth: depth + 1)
        }
        return typed(object, depth)
    }

    private func typed(_ object: JSONObject, _ depth: Int) -> JSONValue {
        let type = object["type"]?.stringValue ?? object["type"]?.arrayValue?.first?.stringValue
        switch type ?? (object["properties"] != nil || object["required"] != nil ? "object" : "string") {
        case "object": return .object(members(object, depth))
        case "array":
            let count = min(max(0, object["minItems"]?.intValue ?? 0), 100)
            let first = object["prefixItems"]?.arrayValue ?? []
            return .array(
                (0..<count).map { value(of: $0 < first.count ? first[$0] : object["items"] ?? true, depth: depth + 1) })
        case "boolean": return true
        case "integer", "number": return number(object)
        case "null": return .null
        default:
            if let text = object["format"]?.stringValue.flatMap({ Self.formats[$0] }) { return .string(text) }
            let length = max(1, object["minLength"]?.intValue ?? 1)
            return .string(String(repeating: "a", count: min(length, Self.lengthLimit)))
        }
    }

    private func number(_ object: JSONObject) -> JSONValue {
        if let minimum = object["minimum"], object["exclusiveMinimum"] != true { return minimum }
        let above = object["exclusiveMinimum"]?.numberValue ?? object["minimum"]?.numberValue
        if let above = above?.int { return JSONValue(above == .max ? above : above + 1) }
        let below =
            object["exclusiveMaximum"]?.numberValue?.int.map { $0 == .min ? $0 : $0 - 1 }
            ?? object["maximum"]?.numberValue?.int
        return JSONValue(min(1, below ?? 1))
    }

    private func members(_ object: JSONObject, _ depth: Int) -> JSONObject {
        var members = JSONObject()
        for name in object["required"]?.arrayValue?.compactMap(\.stringValue) ?? [] {
            members[name] = value(of: object["properties"]?[name] ?? true, depth: depth + 1)
        }
        return members
    }
}
