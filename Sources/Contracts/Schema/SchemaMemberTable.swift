/// What `properties`, `patternProperties`, `additionalProperties` and `required` say, decided member by member.
struct SchemaMemberTable: BitwiseCopyable {
    let names: SchemaNameTable
    /// Machine and node of each pattern.
    let patterns: UnsafePointer<Pattern>
    let patternCount: Int
    let rest: UInt32
    /// All bits of members that must be there.
    let required: UInt64
    /// Whether the keyword `additionalProperties` stands there.
    let hasRest: Bool
    /// Whether all members are known: nothing is named and a schema is there for the rest.
    let knowsAll: Bool
    /// Whether any member is named or there is something for all.
    let isNaming: Bool

    struct Pattern: BitwiseCopyable {
        let machine: UInt32
        let node: UInt32
    }
}
