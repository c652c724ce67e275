import Gateway
import Store

/// Where calls' costs gather in memory.
protocol SpendingSource: Sendable {
    /// What was spent since the last time.
    func takeUnsaved() -> [Spending]
    /// Saving failed: it comes again with the next.
    func giveBack(_ amounts: [Spending])
    /// What was spent today before this process began.
    func restore(_ amounts: [Spending])
}

extension Corridor: SpendingSource {}
