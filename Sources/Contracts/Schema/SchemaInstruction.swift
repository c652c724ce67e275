/// One compiled keyword in full. Numbers are nodes of the program.
enum SchemaInstruction: Sendable {
    case types(SchemaTypes)
    case choice([JSONValue])
    case bound(SchemaBound)
    case multiple(SchemaMultiple)
    case count(SchemaCount)
    case pattern(RegularExpression)
    case format(SchemaFormat)
    case unique
    case members(SchemaMembers)
    case required([SchemaName])
    case dependentRequired([(name: SchemaName, needs: [SchemaName])])
    case dependentSchemas([(name: SchemaName, node: Int)])
    case propertyNames(Int)
    case elements(prefix: [Int], rest: SchemaRest)
    /// `isTraced`: what was found needs no look from `unevaluatedItems`.
    case contains(Int, least: Int, most: Int?, isTraced: Bool)
    case all([Int])
    case any([Int])
    case one([Int])
    case not(Int)
    case condition(Int, then: Int?, otherwise: Int?)
    case reference(Int)
    /// `anchor` is looked for in all resources that evaluation has come through, the outermost first.
    case dynamicReference(Int, anchor: String)
    case unevaluatedMembers(SchemaRest)
    case unevaluatedElements(SchemaRest)
    /// The schema `false`.
    case never
}

/// What holds for the members or elements that nothing else spoke of.
enum SchemaRest: Sendable {
    /// Nothing was said.
    case free
    /// The schema `false`.
    case forbidden
    case node(Int)
}
