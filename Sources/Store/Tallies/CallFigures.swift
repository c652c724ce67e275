/// Sums over calls, exact in number and time; two may be added up.
package struct CallFigures: Sendable, Equatable {
    package var count = 0
    /// Calls of which at least one attempt was answered with 429.
    package var limited = 0
    package var totalMicroseconds = 0
    /// Time spent at the provider.
    package var providerMicroseconds = 0
    /// When the last of them ended.
    package var last: Timestamp?
    package var latencies = LatencyHistogram()

    package init() {}

    package init(
        count: Int, limited: Int, totalMicroseconds: Int, providerMicroseconds: Int, last: Timestamp?,
        latencies: LatencyHistogram
    ) {
        self.count = count
        self.limited = limited
        self.totalMicroseconds = totalMicroseconds
        self.providerMicroseconds = providerMicroseconds
        self.last = last
        self.latencies = latencies
    }

    package mutating func add(_ other: CallFigures) {
        count += other.count
        limited += other.limited
        totalMicroseconds += other.totalMicroseconds
        providerMicroseconds += other.providerMicroseconds
        if let moment = other.last { last = max(last ?? moment, moment) }
        latencies.add(other.latencies)
    }

    /// Adds one call.
    package mutating func add(totalMicroseconds: Int, providerMicroseconds: Int, at: Timestamp, wasLimited: Bool) {
        count += 1
        if wasLimited { limited += 1 }
        self.totalMicroseconds += totalMicroseconds
        self.providerMicroseconds += providerMicroseconds
        last = max(last ?? at, at)
        latencies.add(microseconds: totalMicroseconds)
    }
}
