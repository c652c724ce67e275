package import Contracts

/// A contract for values that arrive as text (path and query parameters): reads each text as the type its schema declares.
package struct TextContract: Sendable {
    /// How a value's text stands in JSON.
    enum Kind {
        case text, number
        /// Depends on the text.
        case other
    }

    package let schema: Schema
    private let types: [String: Set<String>]
    private let kinds: [(name: [UInt8], kind: Kind)]

    init(schema: Schema, source: JSONValue) {
        self.schema = schema
        var types: [String: Set<String>] = [:]
        for (name, member) in source["properties"]?.objectValue?.entries ?? [] {
            let items = member["items"].flatMap { Self.typeNames($0) } ?? []
            types[name] = (Self.typeNames(member) ?? []).union(items)
        }
        self.types = types
        kinds = types.map { (Array($0.key.utf8), Self.kind($0.value)) }
    }

    private static func kind(_ types: Set<String>) -> Kind {
        if types.contains("string") || types.isDisjoint(with: ["number", "integer", "boolean"]) { return .text }
        return types.contains("boolean") ? .other : .number
    }

    /// How values of this name stand in JSON.
    func kind(of name: ArraySlice<UInt8>) -> Kind {
        for known in kinds where known.name.count == name.count && known.name.elementsEqual(name) { return known.kind }
        return .text
    }

    /// The text as a number or truth value where the schema declares one and the text is one, else as text.
    package func value(of text: String, named name: String) -> JSONValue {
        guard let types = types[name], !types.contains("string"), let value = try? JSONValue.parse(text) else {
            return .string(text)
        }
        switch value {
        case .number where types.contains("number") || types.contains("integer"): return value
        case .bool where types.contains("boolean"): return value
        default: return .string(text)
        }
    }

    private static func typeNames(_ schema: JSONValue) -> Set<String>? {
        if let name = schema["type"]?.stringValue { return [name] }
        return schema["type"]?.arrayValue.map { Set($0.compactMap(\.stringValue)) }
    }
}
