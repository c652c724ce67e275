import Store
import Testing

@testable import Review

@Suite("Call statistics")
struct StatisticsTests {
    @Test("counts are kept by outcome, percentiles over all")
    func figures() {
        var statistics = CallStatistics()
        statistics.add(.calls((1...98).map(Double.init)), .answered)
        statistics.add(.calls([99], at: 5), .retried)
        statistics.add(.calls([100]), .failedByProvider)
        statistics.add(.calls([50]), .failedByCaller)
        #expect(statistics.count == 101 && statistics.retried == 1)
        #expect(statistics.failed == 2 && statistics.failedByProvider == 1)
        #expect(statistics.percentile(1) == 100)
        #expect(statistics.last == .start + .seconds(5))
        var sum = CallStatistics()
        sum.add(statistics)
        sum.add(CallStatistics())
        #expect(sum == statistics)
    }

    @Test("nothing measured is nothing, not zero")
    func empty() {
        #expect(CallStatistics().percentile(0.95) == nil)
    }
}
