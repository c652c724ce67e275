/// One compiled keyword. Numbers are nodes of the program.
indirect enum SchemaInstruction: Sendable {
    case types(SchemaTypes)
    case constant(JSONValue)
    case enumeration(SchemaEnumeration)
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
    case contains(Int, least: Int, most: Int?)
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
    case several([SchemaInstruction])
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
