package import Store
import Synchronization

/// What calls cost, for whoever stores it.
extension Corridor {
    /// What was spent since the last time.
    package func takeUnsaved() -> [Spending] {
        ground.budgets.withLock { $0.takeUnsaved() }
    }

    /// Saving failed: it comes again with the next.
    package func giveBack(_ amounts: [Spending]) {
        ground.budgets.withLock { $0.giveBack(amounts) }
    }

    /// What was spent today before this process began.
    package func restore(_ amounts: [Spending]) {
        ground.budgets.withLock { $0.restore(amounts, at: ground.clock.now()) }
    }
}
