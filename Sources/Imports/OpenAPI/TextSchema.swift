import Contracts

/// Schemas of values that travel as text in a path or query: the corridor reads a text as the type its schema names, and a
/// name that occurs more than once as a list.
enum TextSchema {
    private static let annotations: Set<String> = ["title", "description", "deprecated"]

    /// The schema with its type in view: an `allOf` of one is opened, a list of texts is text.
    static func plain(_ schema: JSONValue) -> JSONValue {
        guard var object = schema.objectValue, object["type"] == nil else { return schema }
        if let parts = object["allOf"]?.arrayValue, parts.count == 1, let inner = plain(parts[0]).objectValue,
            object.keys.allSatisfy({ $0 == "allOf" || annotations.contains($0) })
        {
            object["allOf"] = nil
            for (keyword, value) in inner where object[keyword] == nil { object[keyword] = value }
        } else if let values = object["enum"]?.arrayValue, values.allSatisfy({ $0.stringValue != nil }) {
            object["type"] = "string"
        }
        return .object(object)
    }

    /// The types named at the top; nil where they cannot be seen there.
    static func types(_ schema: JSONValue) -> Set<String>? {
        guard let type = schema["type"] else { return schema["properties"] != nil ? ["object"] : nil }
        return Set((type.arrayValue ?? [type]).compactMap(\.stringValue))
    }

    /// One value or a list: a name that occurs once is no list to the corridor.
    static func repeatable(_ schema: JSONValue) -> JSONValue {
        guard let items = schema["items"].map({ plain($0) }), let type = items["type"]?.stringValue, type != "object",
            type != "array"
        else { return [:] }
        var result: JSONObject = ["type": [.string(type), "array"], "items": items]
        for keyword in ["title", "description", "maxItems", "uniqueItems"] {
            if let value = schema[keyword] { result[keyword] = value }
        }
        if let values = items["enum"] { result["anyOf"] = [["enum": values], ["type": "array"]] }
        for keyword in ["pattern", "minLength", "maxLength", "minimum", "maximum", "format"] {
            if let value = items[keyword] { result[keyword] = value }
        }
        return .object(result)
    }
}
