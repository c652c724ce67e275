/// What a YAML document may ask of its reader.
struct YAMLLimits: Sendable {
    /// Values, an alias counted as often as it is used.
    let nodes: Int
    /// Mappings and lists inside each other.
    let depth: Int

    /// For files of the inventory.
    static let inventory = YAMLLimits(nodes: 200_000, depth: 64)

    /// For a document that others wrote: what is really written has few values for its size, what aliases make of it many.
    static func foreign(bytes: Int) -> YAMLLimits {
        YAMLLimits(nodes: min(inventory.nodes + bytes / 4, 3_000_000), depth: 128)
    }
}
