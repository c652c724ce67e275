import Inventory

/// Makes a value that a schema accepts, always the same one, as small as the schema allows.
///
/// A best effort: what depends on patterns or conditions may come out wrong, so the caller checks the value. A contract of a
/// few lines can describe a value that fills the memory, so everything made of one document draws on one budget.
struct SchemaSample {
    /// The contract describes more than is made of any.
    struct TooLarge: Error {}

    private let document: JSONValue
    /// Values that may still be made.
    private var left = budget

    /// Values, and texts by their length in words.
    static let budget = 50_000
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

    mutating func value(of schema: JSONValue, depth: Int = 0) throws(TooLarge) -> JSONValue {
        try draw(1)
        let schema = resolved(schema)
        guard depth < Self.depthLimit, let object = schema.objectValue else { return .null }
        if let given = Self.given(object) {
            try draw(given.countParts(upTo: left + 1))
            return given
        }
        if let parts = object["allOf"]?.arrayValue { return try merged(parts, object, depth) }
        for keyword in ["oneOf", "anyOf"] {
            guard object["type"] == nil, let first = object[keyword]?.arrayValue?.first else { continue }
            return try value(of: first, depth: depth + 1)
        }
        return try typed(object, depth)
    }

    private mutating func draw(_ count: Int) throws(TooLarge) {
        left -= count
        guard left >= 0 else { throw TooLarge() }
    }

    /// A value that the schema itself shows.
    private static func given(_ object: JSONObject) -> JSONValue? {
        for keyword in ["const", "default", "example"] {
            if let value = object[keyword] { return value }
        }
        for keyword in ["examples", "enum"] {
            if let value = object[keyword]?.arrayValue?.first { return value }
        }
        return nil
    }

    private mutating func merged(
        _ parts: [JSONValue], _ object: JSONObject, _ depth: Int
    ) throws(TooLarge) -> JSONValue {
        var all: [JSONValue] = []
        for part in parts { all.append(try value(of: part, depth: depth + 1)) }
        guard all.contains(where: { $0.objectValue != nil }) else { return all.first { !$0.isNull } ?? .null }
        var merged = object["properties"] == nil ? JSONObject() : try members(object, depth)
        for entry in all.compactMap(\.objectValue).flatMap(\.entries) { merged[entry.key] = entry.value }
        return .object(merged)
    }

    private mutating func typed(_ object: JSONObject, _ depth: Int) throws(TooLarge) -> JSONValue {
        let type = object["type"]?.stringValue ?? object["type"]?.arrayValue?.first?.stringValue
        switch type ?? (object["properties"] != nil || object["required"] != nil ? "object" : "string") {
        case "object": return .object(try members(object, depth))
        case "array":
            let count = min(max(0, object["minItems"]?.intValue ?? 0), 100)
            let first = object["prefixItems"]?.arrayValue ?? []
            var elements: [JSONValue] = []
            for place in 0..<count {
                let schema = place < first.count ? first[place] : object["items"] ?? true
                elements.append(try value(of: schema, depth: depth + 1))
            }
            return .array(elements)
        case "boolean": return true
        case "integer", "number": return number(object)
        case "null": return .null
        default:
            if let text = object["format"]?.stringValue.flatMap({ Self.formats[$0] }) { return .string(text) }
            let length = min(max(1, object["minLength"]?.intValue ?? 1), Self.lengthLimit)
            try draw(length / 8)
            return .string(String(repeating: "a", count: length))
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

    private mutating func members(_ object: JSONObject, _ depth: Int) throws(TooLarge) -> JSONObject {
        var members = JSONObject()
        for name in object["required"]?.arrayValue?.compactMap(\.stringValue) ?? [] {
            members[name] = try value(of: object["properties"]?[name] ?? true, depth: depth + 1)
        }
        return members
    }
}

extension JSONValue {
    /// The values it is made of, itself included, and texts by their length in words; counting ends at the limit.
    fileprivate func countParts(upTo limit: Int) -> Int {
        var count = 0
        var waiting = [self]
        while count < limit, let value = waiting.popLast() {
            count += 1
            switch value {
            case .array(let elements): waiting += elements.prefix(limit)
            case .object(let object): waiting += object.values.prefix(limit)
            case .string(let text): count += text.utf8.count / 8
            case .null, .bool, .number: break
            }
        }
        return count
    }
}
