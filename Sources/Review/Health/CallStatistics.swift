package import Store

/// Counts and percentiles over samples of calls.
package struct CallStatistics: Sendable, Equatable {
    package private(set) var count = 0
    package private(set) var failed = 0
    package private(set) var retried = 0
    /// Failures that were the provider's.
    package private(set) var failedByProvider = 0
    package private(set) var last: Timestamp?
    private var latencies: [Double] = []

    package init(_ samples: some Sequence<CallSample>) {
        for sample in samples {
            count += 1
            switch sample.outcome {
            case .answered: break
            case .retried: retried += 1
            case .failed: failed += 1
            }
            if sample.outcome == .failed, sample.who == "provider" { failedByProvider += 1 }
            last = max(last ?? sample.at, sample.at)
            latencies.append(sample.totalMilliseconds)
        }
        latencies.sort()
    }

    /// Milliseconds under which this share of the calls ended (nearest rank); nil without calls.
    package func percentile(_ share: Double) -> Double? {
        guard !latencies.isEmpty else { return nil }
        let rank = Int((share * Double(latencies.count)).rounded(.up))
        return latencies[min(max(rank, 1), latencies.count) - 1]
    }
}
