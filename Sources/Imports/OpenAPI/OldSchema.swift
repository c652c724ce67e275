import Contracts

/// What OpenAPI 3.0 says in its own way.
enum OldSchema {
    /// Mends a translated schema; `schema` is the original.
    static func mend(_ result: inout JSONObject, _ schema: JSONObject) {
        for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
            guard schema[exclusive] == true, let value = result[bound] else { continue }
            result[bound] = nil
            result[exclusive] = value
        }
        if schema["format"] == "byte" { result["contentEncoding"] = "base64" }
        if schema["nullable"] == true { result = nullable(result) }
    }

    /// The schema with null among its values.
    ///
    /// The letter of 3.0.3 lets `nullable` speak only where `type` stands beside it and `enum` lists null; what providers
    /// send when they say it is null in all cases.
    private static func nullable(_ schema: JSONObject) -> JSONObject {
        var result = schema
        let combined = ["allOf", "anyOf", "oneOf", "not", "$ref", "const"].filter { schema.contains($0) }
        if combined == ["anyOf"] || combined == ["oneOf"], let choices = schema[combined[0]]?.arrayValue,
            schema["type"] == nil
        {
            let null: JSONValue = ["type": "null"]
            if !choices.contains(null) { result[combined[0]] = .array(choices + [null]) }
            return result
        }
        guard combined.isEmpty else {
            var outer = JSONObject()
            for name in ["title", "description", "deprecated", "readOnly", "writeOnly", "x-personal"] {
                if let value = result.remove(name) { outer[name] = value }
            }
            outer["anyOf"] = [.object(result), ["type": "null"]]
            return outer
        }
        if let type = schema["type"]?.stringValue { result["type"] = [.string(type), "null"] }
        if let values = schema["enum"]?.arrayValue, !values.contains(.null) {
            result["enum"] = .array(values + [.null])
        }
        return result
    }
}
