import Contracts

/// How the schemas of a description are read.
struct SchemaReading: Sendable {
    /// Whether the description is OpenAPI 3.0, whose schemas are a language of their own; later ones use draft 2020-12.
    let isOld: Bool
    /// Whether objects that only come when asked for (`x-expansionResources`) are described in full.
    let expands: Bool

    /// Members of a schema that hold no schemas and say nothing about values.
    private static let ignored: Set<String> = [
        "$ref", "default", "description", "discriminator", "enum", "example", "examples", "externalDocs", "title",
        "xml",
        "x-expansionResources", "const",
    ]

    /// Whether schemas may stand under a name; the names of members are anything.
    static func mayHoldSchemas(_ name: String, below place: DocumentPlace) -> Bool {
        !ignored.contains(name) || ["properties", "patternProperties"].contains(place.pointer.tokens.last)
    }

    func isExpandable(_ schema: JSONObject) -> Bool {
        !expands && schema.contains("x-expansionResources") && schema["anyOf"]?.arrayValue != nil
    }

    static func hasDirectedMembers(_ schema: JSONObject) -> Bool {
        guard let properties = schema["properties"]?.objectValue, let required = schema["required"]?.arrayValue else {
            return false
        }
        return required.contains { name in
            guard let member = name.stringValue.flatMap({ properties[$0] }) else { return false }
            return member["readOnly"] == true || member["writeOnly"] == true
        }
    }
}
