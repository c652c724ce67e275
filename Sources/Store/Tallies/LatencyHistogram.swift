/// How long calls took, in 64 classes of a fixed scale: ten a decade from 0.1 ms to 160 s, then one for all above.
///
/// The scale is the series R10 (ISO 3), so that its bounds are round: 1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8, 10 ms.
package struct LatencyHistogram: Sendable, Equatable {
    /// Upper bounds of all classes but the last, microseconds, inclusive.
    package static let bounds: [Int] = {
        let series = [100, 125, 160, 200, 250, 315, 400, 500, 630, 800]
        return (0..<63).map { index in (0..<index / 10).reduce(series[index % 10]) { bound, _ in bound * 10 } }
    }()
    package static let classes = 64

    /// Calls per class; empty before the first one.
    package private(set) var counts: [Int] = []
    /// Microseconds.
    package private(set) var shortest = 0
    package private(set) var longest = 0

    package init() {}

    /// Wrong numbers of classes are read as no calls at all.
    package init(counts: [Int], shortest: Int, longest: Int) {
        guard counts.count == Self.classes else { return }
        self.counts = counts
        self.shortest = shortest
        self.longest = longest
    }

    package var isEmpty: Bool { counts.isEmpty }

    /// The class of a latency.
    package static func index(of microseconds: Int) -> Int {
        bounds.withUnsafeBufferPointer { bounds in
            var low = 0
            var high = bounds.count
            while low < high {
                let middle = (low + high) / 2
                if bounds[middle] < microseconds { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }

    package mutating func add(microseconds: Int) {
        let microseconds = max(0, microseconds)
        if counts.isEmpty {
            counts = [Int](repeating: 0, count: Self.classes)
            shortest = microseconds
        }
        counts[Self.index(of: microseconds)] += 1
        shortest = min(shortest, microseconds)
        longest = max(longest, microseconds)
    }

    package mutating func add(_ other: LatencyHistogram) {
        guard !other.isEmpty else { return }
        guard !isEmpty else {
            self = other
            return
        }
        for index in counts.indices { counts[index] += other.counts[index] }
        shortest = min(shortest, other.shortest)
        longest = max(longest, other.longest)
    }

    /// Milliseconds under which this share of the calls ended (nearest rank, placed evenly within its class and never
    /// beyond the shortest and longest call seen); nil without calls.
    package func percentile(_ share: Double) -> Double? {
        let total = counts.reduce(0, +)
        guard total > 0 else { return nil }
        let rank = min(max(Int((share * Double(total)).rounded(.up)), 1), total)
        var below = 0
        for (index, count) in counts.enumerated() where count > 0 {
            guard below + count < rank else {
                let low = max(index == 0 ? 0 : Self.bounds[index - 1], shortest)
                let high = min(index < Self.bounds.count ? Self.bounds[index] : longest, longest)
                let place = Double(rank - below) / Double(count)
                return (Double(low) + Double(high - low) * place) / 1000
            }
            below += count
        }
        return Double(longest) / 1000
    }

    /// Calls that took longer than this bound of the scale, e.g. 5,000,000 microseconds.
    package func count(above bound: Int) -> Int {
        counts.isEmpty ? 0 : counts[(Self.index(of: bound) + 1)...].reduce(0, +)
    }
}
