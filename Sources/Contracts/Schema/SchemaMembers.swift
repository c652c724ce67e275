/// What `properties`, `patternProperties` and `additionalProperties` say.
struct SchemaMembers: Sendable {
    var names: [(name: SchemaName, node: Int)] = []
    var patterns: [(expression: RegularExpression, node: Int)] = []
    var rest = SchemaRest.free
    /// Whether the keyword `additionalProperties` stands there.
    var hasRest = false
}
