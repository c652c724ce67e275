import Inventory
import Testing

@testable import Gateway

@Suite("A node's part of a rate")
struct SharedRateTests {
    private let second: Int64 = 1_000_000_000
    private let whole = SharedRate.whole

    private func rate(_ count: Int = 10, burst: Int? = nil) -> SharedRate {
        SharedRate(Rate(count: count, per: .seconds(1)), burst: burst)
    }

    /// How many go at once.
    private func burst(_ rate: inout SharedRate, at moment: Int64) -> Int {
        var count = 0
        while rate.wait(at: moment) == 0, count < 100 {
            rate.reserve(at: moment)
            count += 1
        }
        return count
    }

    @Test("the whole is what a bucket alone would be")
    func alone() {
        var rate = rate(burst: 3)
        #expect(burst(&rate, at: 7 * second) == 3)
        #expect(rate.wait(at: 7 * second) == second / 10)
        rate.giveBack()
        #expect(rate.wait(at: 7 * second) == 0)
    }

    @Test("a part has its part of the burst and fills in its part of the rate")
    func part() {
        var rate = rate()
        rate.setPart(whole / 2, at: 0)
        #expect(burst(&rate, at: second) == 5)
        #expect(rate.wait(at: second) == second / 5)
        #expect(burst(&rate, at: 2 * second) == 5)
        #expect(burst(&rate, at: 100 * second) == 5)
    }

    @Test("a part that shrinks takes along what was saved up, one that grows brings time alone")
    func change() {
        var rate = rate()
        rate.setPart(whole / 5, at: second)
        rate.setPart(whole, at: second)
        #expect(burst(&rate, at: second) == 2)
        rate.setPart(0, at: second)
        #expect(rate.wait(at: 50 * second) == SharedRate.poll)
        rate.setPart(whole, at: 50 * second)
        #expect(rate.wait(at: 50 * second) == second / 10)
    }

    @Test("the smallest part lets a call through, in its time")
    func small() {
        var rate = rate(1, burst: 1)
        rate.setPart(1, at: 0)
        #expect(burst(&rate, at: second) == 1)
        #expect(rate.wait(at: second) == Int64(whole) * second)
    }

    @Test("who waits keeps their place: sooner when the part grows, later when it shrinks")
    func turns() {
        var rate = rate(10, burst: 1)
        rate.reserve(at: 0)
        let turn = rate.reserve(at: 0)
        #expect(rate.wait(for: turn, at: 0) > 0)
        rate.setPart(whole / 10, at: 0)
        let wait = rate.wait(for: turn, at: 0)
        #expect(wait > second - second / 100 && wait <= second)
        #expect(rate.wait(for: turn, at: second / 2) > 0)
        rate.setPart(whole, at: second / 2)
        #expect(rate.wait(for: turn, at: second * 11 / 20) == 0)
    }

    @Test("the first part is as full as it became since another node used the limit")
    func first() {
        var fresh = rate()
        fresh.take(whole, idleFor: nil, at: 5 * second)
        #expect(burst(&fresh, at: 5 * second) == 10)
        var busy = rate()
        busy.take(whole, idleFor: 0, at: 5 * second)
        #expect(burst(&busy, at: 5 * second) == 0)
        var rested = rate()
        rested.take(whole / 2, idleFor: second / 2, at: 5 * second)
        #expect((4...5).contains(burst(&rested, at: 5 * second)))
        rested.take(whole / 2, idleFor: 0, at: 9 * second)
        #expect(burst(&rested, at: 9 * second) == 5, "only the first time")
    }

    @Test("another rate keeps what was used")
    func adopt() {
        var rate = rate(10, burst: 10)
        for _ in 0..<6 { rate.reserve(at: second) }
        rate.adopt(Rate(count: 20, per: .seconds(1)), burst: 20)
        #expect(burst(&rate, at: second) == 14)
        rate.adopt(Rate(count: 2, per: .seconds(1)), burst: 2)
        #expect(rate.wait(at: second) > second)
    }

    @Test("what is asked is what is wanted; who had to wait wants it all; who is quiet wants less and less")
    func demand() {
        var rate = rate(100)
        for step in 1...20 {
            for _ in 0..<20 { rate.note(hadToWait: false) }
            rate.look(at: Int64(step) * second)
        }
        #expect((whole * 24 / 100...whole * 26 / 100).contains(rate.wanted))
        rate.note(hadToWait: true)
        rate.look(at: 21 * second)
        #expect(rate.wanted == whole)
        for step in 22...40 {
            let before = rate.wanted
            rate.look(at: Int64(step) * second)
            #expect(rate.wanted < before || before == whole / 50)
        }
        #expect(rate.wanted == whole / 50)
    }

    @Test("absurd rates and moments do not trap", arguments: [1, 5_000, 9_999, 10_000])
    func absurd(part: Int) {
        for (count, per) in [(Int.max, Duration.milliseconds(1)), (1, .seconds(31_536_000_000)), (0, .zero)] {
            var rate = SharedRate(Rate(count: count, per: per), burst: nil)
            for moment in [0, 1, Int64(1) << 60, 5] {
                rate.setPart(part, at: moment)
                _ = rate.wait(at: moment)
                let turn = rate.reserve(at: moment)
                _ = rate.wait(for: turn, at: moment)
                rate.look(at: moment)
                rate.take(part, idleFor: .max, at: moment)
                rate.adopt(Rate(count: 7, per: .seconds(1)), burst: .max)
                rate.giveBack()
            }
        }
    }
}
