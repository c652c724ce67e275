import Store

/// All calls of the last sixty minutes, this one included, by provider and operation.
package struct HourFigures: Sendable {
    /// The calls of one minute.
    package struct Minute: Sendable, Equatable {
        package var answered = 0
        package var retried = 0
        package var failed = 0
    }

    private struct Entry: Sendable {
        var hour = CallStatistics()
        /// Of the last quarter of an hour.
        var recent = CallStatistics()
    }

    /// Sixty, the oldest first.
    package private(set) var minutes = [Minute](repeating: Minute(), count: TallyBook.minutesKept)
    package private(set) var total = CallStatistics()
    private var entries: [String: [String: Entry]] = [:]
    private static let recentMinutes = 15

    mutating func add(_ figures: CallFigures, _ key: TallyKey, minute: Int) {
        switch key.outcome {
        case .answered: minutes[minute].answered += figures.count
        case .retried: minutes[minute].retried += figures.count
        case .failed: minutes[minute].failed += figures.count
        }
        total.add(figures, key)
        var entry = entries[key.provider]?[key.operation] ?? Entry()
        entry.hour.add(figures, key)
        if minute >= TallyBook.minutesKept - Self.recentMinutes { entry.recent.add(figures, key) }
        entries[key.provider, default: [:]][key.operation] = entry
    }

    /// The calls of a provider, or of one of its operations, within the hour.
    package func hour(_ provider: String, _ operation: String? = nil) -> CallStatistics {
        sum(provider, { operation == nil || $0 == operation }) { $0.hour }
    }

    /// The calls of the last quarter of an hour to those operations of a provider.
    package func recent(_ provider: String, where isWanted: (String) -> Bool = { _ in true }) -> CallStatistics {
        sum(provider, isWanted) { $0.recent }
    }

    private func sum(
        _ provider: String, _ isWanted: (String) -> Bool, _ part: (Entry) -> CallStatistics
    ) -> CallStatistics {
        var sum = CallStatistics()
        for (operation, entry) in entries[provider] ?? [:] where isWanted(operation) { sum.add(part(entry)) }
        return sum
    }
}
