import Testing

@testable import Store

@Suite("Latency histogram")
struct LatencyHistogramTests {
    private func histogram(_ milliseconds: [Double]) -> LatencyHistogram {
        var histogram = LatencyHistogram()
        for length in milliseconds { histogram.add(microseconds: Int(length * 1000)) }
        return histogram
    }

    @Test("the scale goes up by ten classes a decade, with five seconds as one of its bounds")
    func scale() {
        let bounds = LatencyHistogram.bounds
        #expect(bounds.count == LatencyHistogram.classes - 1)
        #expect(bounds.first == 100 && bounds.last == 160_000_000 && bounds.contains(5_000_000))
        #expect(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 && $1 * 100 <= $0 * 130 })
        for (index, bound) in bounds.enumerated() {
            #expect(LatencyHistogram.index(of: bound) == index)
            #expect(LatencyHistogram.index(of: bound + 1) == index + 1)
        }
    }

    @Test("one call is told exactly, many within an eighth")
    func percentiles() throws {
        #expect(histogram([214.3]).percentile(0.95) == 214.3)
        let many = histogram((1...1000).map(Double.init))
        for share in [0.01, 0.1, 0.5, 0.9, 0.95, 0.99] {
            let told = try #require(many.percentile(share))
            #expect(abs(told - share * 1000) <= share * 1000 * 0.13, "\(share): \(told)")
        }
        #expect(many.percentile(1) == 1000)
        #expect(histogram([0, 3, 500_000]).percentile(1) == 500_000)
    }

    @Test("nothing measured is nothing, not zero")
    func empty() {
        #expect(LatencyHistogram().percentile(0.5) == nil)
        #expect(LatencyHistogram().count(above: 5_000_000) == 0)
        #expect(LatencyHistogram(counts: [1, 2], shortest: 0, longest: 9).isEmpty)
    }

    @Test("two add up to what all their calls give")
    func sums() {
        var sum = histogram([1, 20, 300])
        sum.add(histogram([0.5, 4000]))
        sum.add(LatencyHistogram())
        #expect(sum == histogram([1, 20, 300, 0.5, 4000]))
        var empty = LatencyHistogram()
        empty.add(sum)
        #expect(empty == sum)
    }

    @Test("calls above a bound are counted exactly")
    func above() {
        #expect(histogram([1, 4999, 5000, 5001, 60_000]).count(above: 5_000_000) == 2)
    }

    @Test("what is stored reads back; anything else is refused")
    func stored() {
        for sample in [histogram([]), histogram([7]), histogram([0, 0, 1, 250_000, 12])] {
            #expect(LatencyHistogram(stored: sample.stored) == sample)
        }
        for text in ["1", "1 2 x", "1 2 3", "1 2 64:1", "1 2 -1:1", "1 2 3:-1", "a b 3:1", "1 2 3:4:5"] {
            #expect(LatencyHistogram(stored: text) == nil, "\(text)")
        }
    }
}
