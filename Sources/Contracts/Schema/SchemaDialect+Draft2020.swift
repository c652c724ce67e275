/// The keywords of draft 2020-12, by vocabulary.
extension SchemaDialect {
    static let core: [String: Keyword] = [
        "$defs": Keyword(children: .map),
        // Schemas written for older drafts keep their parts here; the old name stays usable (core, appendix A).
        "definitions": Keyword(children: .map),
        "$ref": Keyword(compile: SchemaKeywords.reference),
        "$dynamicRef": Keyword(compile: SchemaKeywords.dynamicReference),
    ]

    private static let memberKeywords = ["properties", "patternProperties", "additionalProperties"]
    private static let elementKeywords = ["prefixItems", "items"]
    private static let conditionKeywords = ["if", "then", "else"]

    static let applicator: [String: Keyword] = [
        "properties": Keyword(children: .map, group: memberKeywords, compile: SchemaKeywords.members),
        "patternProperties": Keyword(children: .map, group: memberKeywords, compile: SchemaKeywords.members),
        "additionalProperties": Keyword(children: .one, group: memberKeywords, compile: SchemaKeywords.members),
        "propertyNames": Keyword(children: .one, compile: SchemaKeywords.propertyNames),
        "dependentSchemas": Keyword(children: .map, compile: SchemaKeywords.dependentSchemas),
        "dependencies": Keyword(children: .map, compile: SchemaKeywords.dependencies),
        "prefixItems": Keyword(children: .list, group: elementKeywords, compile: SchemaKeywords.elements),
        "items": Keyword(children: .one, group: elementKeywords, compile: SchemaKeywords.elements),
        "contains": Keyword(children: .one, compile: SchemaKeywords.contains),
        "if": Keyword(children: .one, group: conditionKeywords, compile: SchemaKeywords.condition),
        "then": Keyword(children: .one),
        "else": Keyword(children: .one),
        "allOf": Keyword(children: .list, compile: SchemaKeywords.all),
        "anyOf": Keyword(children: .list, compile: SchemaKeywords.any),
        "oneOf": Keyword(children: .list, compile: SchemaKeywords.one),
        "not": Keyword(children: .one, compile: SchemaKeywords.not),
    ]

    static let unevaluated: [String: Keyword] = [
        "unevaluatedProperties": Keyword(
            children: .one, compile: SchemaKeywords.unevaluatedMembers, isLast: true),
        "unevaluatedItems": Keyword(children: .one, compile: SchemaKeywords.unevaluatedElements, isLast: true),
    ]

    static let validation: [String: Keyword] = [
        "type": Keyword(compile: SchemaKeywords.type),
        "const": Keyword(compile: SchemaKeywords.constant),
        "enum": Keyword(compile: SchemaKeywords.enumeration),
        "minimum": Keyword(compile: SchemaKeywords.bound),
        "maximum": Keyword(compile: SchemaKeywords.bound),
        "exclusiveMinimum": Keyword(compile: SchemaKeywords.bound),
        "exclusiveMaximum": Keyword(compile: SchemaKeywords.bound),
        "multipleOf": Keyword(compile: SchemaKeywords.multiple),
        "minLength": Keyword(compile: SchemaKeywords.count),
        "maxLength": Keyword(compile: SchemaKeywords.count),
        "minItems": Keyword(compile: SchemaKeywords.count),
        "maxItems": Keyword(compile: SchemaKeywords.count),
        "minProperties": Keyword(compile: SchemaKeywords.count),
        "maxProperties": Keyword(compile: SchemaKeywords.count),
        "pattern": Keyword(compile: SchemaKeywords.pattern),
        "uniqueItems": Keyword(compile: SchemaKeywords.unique),
        "required": Keyword(compile: SchemaKeywords.required),
        "dependentRequired": Keyword(compile: SchemaKeywords.dependentRequired),
    ]

    static let format: [String: Keyword] = [
        "format": Keyword(compile: SchemaKeywords.format)
    ]
}
