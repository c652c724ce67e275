package import Store

/// All calls of the last seven days, as far as the score asks about them.
package struct WeekFigures: Sendable {
    private let sums: [TallyKey: TallyBook.HourCounts]

    init(_ sums: [TallyKey: TallyBook.HourCounts] = [:]) {
        self.sums = sums
    }

    package func count(where isWanted: (TallyKey) -> Bool = { _ in true }) -> Int {
        sum(isWanted, \.count)
    }

    /// Calls that took longer than five seconds.
    package func long(where isWanted: (TallyKey) -> Bool) -> Int {
        sum(isWanted, \.long)
    }

    /// Calls that met a provider's limit.
    package func limited(where isWanted: (TallyKey) -> Bool) -> Int {
        sum(isWanted, \.limited)
    }

    private func sum(_ isWanted: (TallyKey) -> Bool, _ part: KeyPath<TallyBook.HourCounts, Int>) -> Int {
        sums.reduce(0) { isWanted($1.key) ? $0 + $1.value[keyPath: part] : $0 }
    }
}
