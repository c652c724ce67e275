/// What the drafts say of schemas themselves, so that a schema may refer to it.
///
/// Built from one list of keywords for each vocabulary; what differs between drafts is how a schema refers to itself.
struct SchemaMetaSchema {
    /// By URI.
    static let documents: [String: JSONValue] = {
        var documents: [String: JSONValue] = [:]
        for draft in [SchemaDraft.draft4, .draft6, .draft7] {
            for uri in draft.uris { documents[uri] = SchemaMetaSchema(draft).flat(uri) }
        }
        for draft in [SchemaDraft.draft2019, .draft2020] {
            for uri in draft.uris {
                let meta = SchemaMetaSchema(draft)
                documents[uri] = meta.composed(uri)
                for (name, keywords) in meta.vocabularies {
                    documents[meta.uri(of: name)] = meta.document(meta.uri(of: name), ["properties": keywords])
                }
            }
        }
        return documents
    }()

    private let draft: SchemaDraft

    private init(_ draft: SchemaDraft) {
        self.draft = draft
    }

    private var isOlder: Bool { draft.hasFragmentIdentifiers }

    /// The schema again.
    private var schema: JSONValue {
        isOlder ? ["$ref": "#"] : draft == .draft2019 ? ["$recursiveRef": "#"] : ["$dynamicRef": "#meta"]
    }
    private var schemas: JSONValue { ["type": "object", "additionalProperties": schema] }
    private var schemaList: JSONValue { ["type": "array", "minItems": 1, "items": schema] }

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

    private func uri(of vocabulary: String) -> String {
        "https://json-schema.org/draft/\(draft == .draft2019 ? "2019-09" : "2020-12")/meta/\(vocabulary)"
    }

    private func document(_ uri: String, _ content: JSONObject) -> JSONValue {
        let name = draft.uris[0] + (isOlder ? "#" : "")
        var document: JSONObject = ["$schema": .string(name)]
        document.set(draft.identifier ?? "$id", .string(isOlder ? uri + "#" : uri))
        if draft == .draft2019 { document.set("$recursiveAnchor", true) }
        if draft == .draft2020 { document.set("$dynamicAnchor", "meta") }
        document.set("type", draft == .draft4 ? "object" : ["object", "boolean"])
        for (key, value) in content { document.set(key, value) }
        return .object(document)
    }

    private func flat(_ uri: String) -> JSONValue {
        var keywords = JSONObject()
        for (_, table) in vocabularies {
            for (name, value) in table.objectValue ?? [:] { keywords.set(name, value) }
        }
        return document(uri, ["properties": .object(keywords)])
    }

    private func composed(_ uri: String) -> JSONValue {
        document(uri, ["allOf": .array(vocabularies.map { ["$ref": .string(self.uri(of: $0.name))] })])
    }

    private var vocabularies: [(name: String, keywords: JSONValue)] {
        var all = [
            ("core", core), ("applicator", applicators), ("validation", assertions), ("meta-data", annotations),
            ("content", content),
        ]
        if draft == .draft2020 {
            all += [("unevaluated", unevaluated), ("format-annotation", format), ("format-assertion", format)]
        } else {
            all.append(("format", format))
        }
        return all
    }

    private var core: JSONValue {
        let text = SchemaMetaSchema.text
        let reference = SchemaMetaSchema.reference
        if isOlder {
            return [
                draft.identifier ?? "$id": reference, "$schema": text, "$ref": reference, "$comment": text,
                "definitions": schemas,
            ]
        }
        return [
            "$id": ["type": "string", "format": "uri-reference", "pattern": "^[^#]*#?$"], "$schema": text,
            "$ref": reference, "$anchor": SchemaMetaSchema.anchor, "$dynamicRef": reference,
            "$dynamicAnchor": SchemaMetaSchema.anchor, "$recursiveRef": reference,
            "$recursiveAnchor": SchemaMetaSchema.flag,
            "$vocabulary": ["type": "object", "additionalProperties": SchemaMetaSchema.flag], "$comment": text,
            "$defs": schemas, "definitions": schemas,
        ]
    }

    private var applicators: JSONValue {
        let dependency: JSONValue = ["anyOf": .array([schema, SchemaMetaSchema.texts])]
        var keywords: JSONObject = [
            "additionalProperties": draft == .draft4 ? ["anyOf": .array([["type": "boolean"], schema])] : schema,
            "properties": schemas,
            "patternProperties": [
                "type": "object", "additionalProperties": schema, "propertyNames": ["format": "regex"],
            ],
            "dependencies": ["type": "object", "additionalProperties": dependency],
            "allOf": schemaList, "anyOf": schemaList, "oneOf": schemaList, "not": schema,
        ]
        if draft == .draft2020 {
            keywords.set("prefixItems", schemaList)
            keywords.set("items", schema)
        } else {
            keywords.set("items", ["anyOf": .array([schema, schemaList])])
            keywords.set(
                "additionalItems", draft == .draft4 ? ["anyOf": .array([["type": "boolean"], schema])] : schema)
        }
        guard draft != .draft4 else { return .object(keywords) }
        for name in ["contains", "propertyNames", "if", "then", "else"] { keywords.set(name, schema) }
        guard !isOlder else { return .object(keywords) }
        keywords.set("dependentSchemas", schemas)
        if draft == .draft2019 {
            for (name, value) in unevaluated.objectValue ?? [:] { keywords.set(name, value) }
        }
        return .object(keywords)
    }

    private var unevaluated: JSONValue {
        ["unevaluatedItems": schema, "unevaluatedProperties": schema]
    }

    private var assertions: JSONValue {
        let (number, size) = (SchemaMetaSchema.number, SchemaMetaSchema.size)
        let exclusive = draft == .draft4 ? SchemaMetaSchema.flag : number
        let types = SchemaMetaSchema.typeNames
        return [
            "type": [
                "anyOf": [types, ["type": "array", "items": types, "minItems": 1, "uniqueItems": true]]
            ],
            "const": draft == .draft4 ? [:] : true, "enum": ["type": "array"],
            "multipleOf": draft == .draft4
                ? ["type": "number", "minimum": 0, "exclusiveMinimum": true]
                : ["type": "number", "exclusiveMinimum": 0],
            "maximum": number, "exclusiveMaximum": exclusive, "minimum": number, "exclusiveMinimum": exclusive,
            "maxLength": size, "minLength": size, "pattern": ["type": "string", "format": "regex"],
            "maxItems": size, "minItems": size, "uniqueItems": SchemaMetaSchema.flag, "maxContains": size,
            "minContains": size, "maxProperties": size, "minProperties": size, "required": SchemaMetaSchema.texts,
            "dependentRequired": ["type": "object", "additionalProperties": SchemaMetaSchema.texts],
        ]
    }

    private var annotations: JSONValue {
        let (text, flag) = (SchemaMetaSchema.text, SchemaMetaSchema.flag)
        return [
            "title": text, "description": text, "default": draft == .draft4 ? [:] : true, "deprecated": flag,
            "readOnly": flag, "writeOnly": flag, "examples": ["type": "array"],
        ]
    }

    private var format: JSONValue {
        ["format": SchemaMetaSchema.text]
    }

    private var content: JSONValue {
        let text = SchemaMetaSchema.text
        return isOlder
            ? ["contentEncoding": text, "contentMediaType": text]
            : ["contentEncoding": text, "contentMediaType": text, "contentSchema": schema]
    }
}
