/// Alternatives of `oneOf` or `anyOf` that are told apart by the text of one member which they all require.
struct SchemaSwitch: BitwiseCopyable {
    /// The member's name alone.
    let name: SchemaNameTable
    /// The alternative of each text.
    let values: SchemaNameTable
}
