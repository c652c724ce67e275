/// The keywords of each draft.
extension SchemaDialect {
    typealias Table = [String: Keyword]

    static let tables: [SchemaDraft: Table] = [
        .draft4: merged([olderCore, olderApplicator, validation, booleanBounds, format]),
        .draft6: merged([olderCore, olderApplicator, laterApplicator, validation, bounds, constant, format]),
        .draft7: merged([
            olderCore, olderApplicator, laterApplicator, condition, validation, bounds, constant, format, content,
        ]),
        .draft2019: merged(vocabularies[.draft2019]?.values.map { $0 } ?? []),
        .draft2020: merged(vocabularies[.draft2020]?.values.map { $0 } ?? []),
        .openAPI30: merged([openAPI, validation, booleanBounds, format]),
        .openAPI31: merged(vocabularies[.draft2020]?.values.map { $0 } ?? []),
    ]

    static let vocabularies: [SchemaDraft: [String: Table]] = [
        .draft2019: [
            "core": merged([core, ["$recursiveRef": Keyword(compile: SchemaKeywords.recursiveReference)]]),
            "applicator": merged([
                sharedApplicator, olderElements, laterApplicator, condition, unevaluated, dependents,
            ]),
            "validation": merged([validation, bounds, constant, dependentNames]), "format": format, "content": [:],
            "meta-data": [:],
        ],
        .draft2020: [
            "core": merged([core, ["$dynamicRef": Keyword(compile: SchemaKeywords.dynamicReference)]]),
            "applicator": merged([sharedApplicator, elements, laterApplicator, condition, dependents]),
            "unevaluated": unevaluated, "validation": merged([validation, bounds, constant, dependentNames]),
            "format-annotation": format, "format-assertion": format, "content": [:], "meta-data": [:],
        ],
    ]

    private static func merged(_ tables: [Table]) -> Table {
        tables.reduce(into: [:]) { all, table in all.merge(table) { first, _ in first } }
    }

    private static let memberKeywords = ["properties", "patternProperties", "additionalProperties"]
    private static let elementKeywords = ["prefixItems", "items"]
    private static let olderElementKeywords = ["items", "additionalItems"]
    private static let conditionKeywords = ["if", "then", "else"]
    private static let contentKeywords = ["contentEncoding", "contentMediaType"]

    private static let core: Table = [
        "$defs": Keyword(children: .map),
        // Schemas written for older drafts keep their parts here; the old name stays usable.
        "definitions": Keyword(children: .map),
        "$ref": Keyword(compile: SchemaKeywords.reference),
    ]

    private static let olderCore: Table = [
        "definitions": Keyword(children: .map),
        "$ref": Keyword(compile: SchemaKeywords.reference),
    ]

    private static let sharedApplicator: Table = [
        "properties": Keyword(children: .map, group: memberKeywords, compile: SchemaKeywords.members),
        "patternProperties": Keyword(children: .map, group: memberKeywords, compile: SchemaKeywords.members),
        "additionalProperties": Keyword(children: .one, group: memberKeywords, compile: SchemaKeywords.members),
        "dependencies": Keyword(children: .mapOfSome, compile: SchemaKeywords.dependencies),
        "allOf": Keyword(children: .list, compile: SchemaKeywords.all),
        "anyOf": Keyword(children: .list, compile: SchemaKeywords.any),
        "oneOf": Keyword(children: .list, compile: SchemaKeywords.one),
        "not": Keyword(children: .one, compile: SchemaKeywords.not),
    ]

    private static let olderElements: Table = [
        "items": Keyword(
            children: .oneOrList, group: olderElementKeywords, compile: SchemaKeywords.olderElements),
        "additionalItems": Keyword(
            children: .one, group: olderElementKeywords, compile: SchemaKeywords.olderElements),
    ]

    private static let olderApplicator = merged([sharedApplicator, olderElements])

    private static let elements: Table = [
        "prefixItems": Keyword(children: .list, group: elementKeywords, compile: SchemaKeywords.elements),
        "items": Keyword(children: .one, group: elementKeywords, compile: SchemaKeywords.elements),
    ]

    /// What draft 6 added.
    private static let laterApplicator: Table = [
        "propertyNames": Keyword(children: .one, compile: SchemaKeywords.propertyNames),
        "contains": Keyword(children: .one, compile: SchemaKeywords.contains),
    ]

    private static let condition: Table = [
        "if": Keyword(children: .one, group: conditionKeywords, compile: SchemaKeywords.condition),
        "then": Keyword(children: .one),
        "else": Keyword(children: .one),
    ]

    private static let dependents: Table = [
        "dependentSchemas": Keyword(children: .map, compile: SchemaKeywords.dependentSchemas)
    ]

    private static let dependentNames: Table = [
        "dependentRequired": Keyword(compile: SchemaKeywords.dependentRequired)
    ]

    private static let unevaluated: Table = [
        "unevaluatedProperties": Keyword(
            children: .one, compile: SchemaKeywords.unevaluatedMembers, isLast: true),
        "unevaluatedItems": Keyword(children: .one, compile: SchemaKeywords.unevaluatedElements, isLast: true),
    ]

    private static let validation: Table = [
        "type": Keyword(compile: SchemaKeywords.type),
        "enum": Keyword(compile: SchemaKeywords.enumeration),
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
    ]

    private static let constant: Table = ["const": Keyword(compile: SchemaKeywords.constant)]

    private static let bounds: Table = [
        "minimum": Keyword(compile: SchemaKeywords.bound),
        "maximum": Keyword(compile: SchemaKeywords.bound),
        "exclusiveMinimum": Keyword(compile: SchemaKeywords.bound),
        "exclusiveMaximum": Keyword(compile: SchemaKeywords.bound),
    ]

    /// The exclusive ones are switches of the others.
    private static let booleanBounds: Table = [
        "minimum": Keyword(compile: SchemaKeywords.switchedBound),
        "maximum": Keyword(compile: SchemaKeywords.switchedBound),
    ]

    private static let format: Table = ["format": Keyword(compile: SchemaKeywords.format)]

    private static let content: Table = [
        "contentEncoding": Keyword(group: contentKeywords, compile: SchemaKeywords.content),
        "contentMediaType": Keyword(group: contentKeywords, compile: SchemaKeywords.content),
    ]

    private static let openAPI: Table = [
        "$ref": Keyword(compile: SchemaKeywords.reference),
        "properties": Keyword(
            children: .map, group: ["properties", "additionalProperties"], compile: SchemaKeywords.members),
        "additionalProperties": Keyword(
            children: .one, group: ["properties", "additionalProperties"], compile: SchemaKeywords.members),
        "items": Keyword(children: .one, group: elementKeywords, compile: SchemaKeywords.elements),
        "allOf": Keyword(children: .list, compile: SchemaKeywords.all),
        "anyOf": Keyword(children: .list, compile: SchemaKeywords.any),
        "oneOf": Keyword(children: .list, compile: SchemaKeywords.one),
        "not": Keyword(children: .one, compile: SchemaKeywords.not),
    ]
}
