/// What draft 2020-12 says of schemas themselves, so that a schema may refer to it.
///
/// One document under the draft's URI: what its vocabulary documents say, in one place.
enum SchemaMetaSchema {
    static let documents: [String: JSONValue] = [SchemaDialect.draft2020URI: draft2020]

    private static let schema: JSONValue = ["$dynamicRef": "#meta"]
    private static let schemas: JSONValue = ["type": "object", "additionalProperties": ["$dynamicRef": "#meta"]]
    private static let schemaList: JSONValue = ["type": "array", "minItems": 1, "items": ["$dynamicRef": "#meta"]]
    private static let size: JSONValue = ["type": "integer", "minimum": 0]
    private static let text: JSONValue = ["type": "string"]
    private static let texts: JSONValue = ["type": "array", "items": ["type": "string"], "uniqueItems": true]
    private static let flag: JSONValue = ["type": "boolean"]
    private static let number: JSONValue = ["type": "number"]
    private static let reference: JSONValue = ["type": "string", "format": "uri-reference"]
    private static let anchor: JSONValue = ["type": "string", "pattern": "^[A-Za-z_][-A-Za-z0-9._]*$"]
    private static let typeNames: JSONValue = [
        "enum": ["array", "boolean", "integer", "null", "number", "object", "string"]
    ]

    private static let draft2020: JSONValue = [
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://json-schema.org/draft/2020-12/schema",
        "$dynamicAnchor": "meta",
        "type": ["object", "boolean"],
        "properties": .object(JSONObject(core + applicators + assertions + annotations)),
    ]

    private static let core: [(String, JSONValue)] = [
        ("$id", ["type": "string", "format": "uri-reference", "pattern": "^[^#]*#?$"]), ("$schema", text),
        ("$ref", reference), ("$anchor", anchor), ("$dynamicRef", reference), ("$dynamicAnchor", anchor),
        ("$vocabulary", ["type": "object", "additionalProperties": flag]), ("$comment", text), ("$defs", schemas),
        ("definitions", schemas),
    ]

    private static let applicators: [(String, JSONValue)] = [
        ("prefixItems", schemaList), ("items", schema), ("contains", schema), ("additionalProperties", schema),
        ("properties", schemas),
        (
            "patternProperties",
            [
                "type": "object", "additionalProperties": ["$dynamicRef": "#meta"],
                "propertyNames": ["format": "regex"],
            ]
        ),
        ("dependentSchemas", schemas), ("propertyNames", schema), ("if", schema), ("then", schema), ("else", schema),
        ("allOf", schemaList), ("anyOf", schemaList), ("oneOf", schemaList), ("not", schema),
        ("unevaluatedItems", schema), ("unevaluatedProperties", schema),
        ("dependencies", ["type": "object", "additionalProperties": ["anyOf": .array([schema, texts])]]),
    ]

    private static let assertions: [(String, JSONValue)] = [
        (
            "type",
            [
                "anyOf": [
                    typeNames, ["type": "array", "items": typeNames, "minItems": 1, "uniqueItems": true],
                ]
            ]
        ),
        ("const", true), ("enum", ["type": "array"]), ("multipleOf", ["type": "number", "exclusiveMinimum": 0]),
        ("maximum", number), ("exclusiveMaximum", number), ("minimum", number), ("exclusiveMinimum", number),
        ("maxLength", size), ("minLength", size), ("pattern", ["type": "string", "format": "regex"]),
        ("maxItems", size), ("minItems", size), ("uniqueItems", flag), ("maxContains", size), ("minContains", size),
        ("maxProperties", size), ("minProperties", size), ("required", texts),
        ("dependentRequired", ["type": "object", "additionalProperties": texts]),
    ]

    private static let annotations: [(String, JSONValue)] = [
        ("format", text), ("title", text), ("description", text), ("default", true), ("deprecated", flag),
        ("readOnly", flag), ("writeOnly", flag), ("examples", ["type": "array"]), ("contentEncoding", text),
        ("contentMediaType", text), ("contentSchema", schema),
    ]
}
