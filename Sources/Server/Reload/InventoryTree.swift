import Gateway
import Inventory

/// What a reload makes and puts in force as a whole.
struct InventoryTree: Sendable {
    let table: RouteTable
    /// What is wrong with its recipes.
    let recipes: [Finding]
}
