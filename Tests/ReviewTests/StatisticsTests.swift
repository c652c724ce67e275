import Store
import Testing

@testable import Review

@Suite("Call statistics")
struct StatisticsTests {
    private func sample(_ milliseconds: Double, _ outcome: CallRecord.Outcome = .answered, who: String? = nil)
        -> CallSample
    {
        CallSample(
            at: Timestamp(milliseconds: Int64(milliseconds)), provider: "rents", operation: "get", outcome: outcome,
            who: who,
            totalMilliseconds: milliseconds)
    }

    @Test("percentiles are taken by nearest rank, counts by outcome")
    func figures() {
        let statistics = CallStatistics(
            (1...98).map { sample(Double($0)) } + [sample(99, .retried), sample(100, .failed, who: "provider")])
        #expect(statistics.count == 100)
        #expect(statistics.retried == 1)
        #expect(statistics.failed == 1)
        #expect(statistics.failedByProvider == 1)
        #expect(statistics.percentile(0.5) == 50)
        #expect(statistics.percentile(0.95) == 95)
        #expect(statistics.percentile(1) == 100)
        #expect(statistics.last == Timestamp(milliseconds: 100))
    }

    @Test("nothing measured is nothing, not zero")
    func empty() {
        #expect(CallStatistics([]).percentile(0.95) == nil)
    }
}
