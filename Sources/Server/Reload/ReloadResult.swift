package import Inventory

/// What loading the inventory came to.
package enum ReloadResult<Tree: Sendable>: Sendable {
    case good(Tree, warnings: [Finding])
    /// At least one of the findings is an error.
    case bad([Finding])
}
