package import Store

/// Counts and percentiles of calls.
package struct CallStatistics: Sendable, Equatable {
    package private(set) var count = 0
    package private(set) var failed = 0
    package private(set) var retried = 0
    /// Failures that were the provider's.
    package private(set) var failedByProvider = 0
    package private(set) var last: Timestamp?
    private var latencies = LatencyHistogram()

    package init() {}

    package mutating func add(_ figures: CallFigures, _ key: TallyKey) {
        count += figures.count
        switch key.outcome {
        case .answered: break
        case .retried: retried += figures.count
        case .failed: failed += figures.count
        }
        if key.outcome == .failed, key.who == "provider" { failedByProvider += figures.count }
        if let moment = figures.last { last = max(last ?? moment, moment) }
        latencies.add(figures.latencies)
    }

    package mutating func add(_ other: CallStatistics) {
        count += other.count
        failed += other.failed
        retried += other.retried
        failedByProvider += other.failedByProvider
        if let moment = other.last { last = max(last ?? moment, moment) }
        latencies.add(other.latencies)
    }

    /// Milliseconds under which this share of the calls ended, within an eighth; nil without calls.
    package func percentile(_ share: Double) -> Double? {
        latencies.percentile(share)
    }
}
