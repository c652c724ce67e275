package import Store
import Synchronization

/// What calls cost, for whoever stores it.
extension Corridor {
    /// What the store is to add to what it has; see `BudgetBook.takeUnsaved`.
    package func takeUnsaved() -> [Spending] {
        ground.budgets.withLock { $0.takeUnsaved() }
    }

    /// Saving failed: it comes again with the next.
    package func giveBack(_ amounts: [Spending]) {
        ground.budgets.withLock { $0.giveBack(amounts) }
    }

    /// What the store has for today, of this process, of those before and of other nodes.
    package func restore(_ amounts: [Spending]) {
        ground.budgets.withLock { $0.restore(amounts, at: ground.clock.now()) }
    }
}
