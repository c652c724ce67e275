/// A keyword of a schema that tells something about the values it describes.
struct SchemaAnnotation: Sendable {
    let keyword: String
    let value: JSONValue
}

extension SchemaDialect {
    /// Keywords that name, point or explain, and say nothing about values.
    private static let silent: Set<String> = [
        "$schema", "$id", "$ref", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor",
        "$defs",
        "$vocabulary", "$comment", "definitions",
    ]
    /// Keywords that others read.
    private static let companions: Set<String> = [
        "if", "then", "else", "minContains", "maxContains", "contentSchema", "additionalItems",
    ]
    /// Keywords that refuse values in some drafts and tell something in all.
    private static let both: Set<String> = ["format", "contentEncoding", "contentMediaType"]

    /// What a schema tells of the values it holds for: the meta-data keywords and those that no draft knows.
    func annotations(of schema: JSONObject) -> [SchemaAnnotation] {
        if draft.isReferenceAlone, schema["$ref"]?.stringValue != nil { return [] }
        var found: [SchemaAnnotation] = []
        for (keyword, value) in schema {
            if SchemaDialect.silent.contains(keyword) || keyword == draft.identifier { continue }
            if keyword == "contentSchema", schema.contains("contentMediaType") {
                found.append(SchemaAnnotation(keyword: keyword, value: value))
            } else if SchemaDialect.companions.contains(keyword) {
                continue
            } else if SchemaDialect.both.contains(keyword) || keywords[keyword] == nil {
                found.append(SchemaAnnotation(keyword: keyword, value: value))
            }
        }
        return found
    }
}
