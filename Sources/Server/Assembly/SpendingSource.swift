import Gateway
import Store

/// Where calls' costs gather in memory.
protocol SpendingSource: Sendable {
    /// What the store is to add to what it has.
    func takeUnsaved() -> [Spending]
    /// Saving failed: it comes again with the next.
    func giveBack(_ amounts: [Spending])
    /// What the store has for today, this process's own included.
    func restore(_ amounts: [Spending])
}

extension Corridor: SpendingSource {}
