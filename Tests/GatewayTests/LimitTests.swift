import Inventory
import Store
import Testing

@testable import Gateway

@Suite("Rates and quotas")
struct LimitTests {
    private func moment(_ uptime: Duration) -> Moment {
        Moment(uptime: uptime, wall: Timestamp(milliseconds: 0))
    }

    @Test("a burst passes at once, what follows is paced")
    func pacing() {
        var bucket = TokenBucket(count: 10, per: .seconds(1), burst: 3)
        let waits = (0..<5).map { _ in bucket.reserve(at: moment(.seconds(100))) }
        #expect(waits == [.zero, .zero, .zero, .milliseconds(100), .milliseconds(200)])
        #expect(bucket.wait(at: moment(.seconds(101))) == .zero)
    }

    @Test("an idle bucket never holds more than its burst")
    func burstIsBounded() {
        var bucket = TokenBucket(count: 1, per: .seconds(1), burst: 2)
        let waits = (0..<3).map { _ in bucket.reserve(at: moment(.seconds(1_000_000))) }
        #expect(waits == [.zero, .zero, .seconds(1)])
    }

    @Test("without a burst, the whole count of the rate may leave at once")
    func standardBurst() {
        var bucket = TokenBucket(Rate(count: 3, per: .seconds(60)), burst: nil)
        let waits = (0..<4).map { _ in bucket.reserve(at: moment(.seconds(5))) }
        #expect(waits == [.zero, .zero, .zero, .seconds(20)])
    }

    @Test("a rate that does not divide evenly is never exceeded")
    func rounding() {
        var bucket = TokenBucket(count: 3, per: .seconds(1), burst: 1)
        var now = Int64(0)
        for _ in 0..<3000 {
            let wait = bucket.reserve(nanoseconds: now)
            now += wait
        }
        #expect(now >= 999_000_000_000)
        #expect(now < 1_000_000_000_000)
    }

    @Test("in no span of time go more than its share and the burst, whatever comes when", arguments: 1...10)
    func neverMore(seed: Int) {
        let (count, burst) = (7, 3)
        var bucket = TokenBucket(count: count, per: .seconds(1), burst: burst)
        var state = UInt64(seed)
        var now = Int64(0)
        var sent: [Int64] = []
        for _ in 0..<500 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            now += Int64(state >> 40) * 20
            sent.append(now + bucket.reserve(nanoseconds: now))
        }
        #expect(sent == sent.sorted())
        for first in sent.indices {
            for last in sent[first...].indices.prefix(60) {
                let span = Double(sent[last] - sent[first]) / 1e9
                #expect(Double(last - first + 1) <= span * Double(count) + Double(burst) + 1e-6)
            }
        }
    }

    @Test("a reservation given back is there for the next one")
    func giveBack() {
        var bucket = TokenBucket(count: 1, per: .seconds(1), burst: 1)
        #expect(bucket.reserve(at: moment(.seconds(1))) == .zero)
        bucket.giveBack()
        #expect(bucket.reserve(at: moment(.seconds(1))) == .zero)
    }

    @Test("absurd rates neither trap nor let everything through")
    func absurd() {
        var slow = TokenBucket(count: 1, per: .seconds(31_622_400_000), burst: 1_000_000)
        for _ in 0..<100 { _ = slow.reserve(at: moment(.seconds(1))) }
        var none = TokenBucket(count: 0, per: .zero, burst: -5)
        #expect(none.reserve(at: moment(.zero)) == .zero)
        #expect(Moment(uptime: .seconds(Int64.max), wall: Timestamp(milliseconds: .max)).nanoseconds > 0)
        #expect(Moment(nanoseconds: .min, wall: Timestamp(milliseconds: .min)).nanoseconds == 0)
    }

    /// 2026-11-24T12:00:00Z
    private let noon = Timestamp(milliseconds: 1_795_521_600_000)

    @Test("a day's quota is used up, and whole again at midnight")
    func dayQuota() {
        var quota = DayQuota(limit: 2, zone: .utc)
        #expect(quota.left(at: noon) == 2)
        for _ in 0..<2 { quota.take(at: noon) }
        #expect(quota.ask(at: noon) == .wait(.seconds(12 * 3600)))
        #expect(quota.left(at: noon) == 0)
        let midnight = noon + .seconds(12 * 3600)
        #expect(quota.ask(at: midnight) == .go)
        #expect(quota.left(at: midnight) == 2)
    }

    @Test("days begin where the provider's do")
    func zones() {
        var quota = DayQuota(limit: 1, zone: ZoneOffset(minutes: 120))
        quota.take(at: noon)
        #expect(quota.ask(at: noon) == .wait(.seconds(10 * 3600)))
        var west = DayQuota(limit: 1, zone: ZoneOffset(minutes: -330))
        west.take(at: noon)
        #expect(west.ask(at: noon) == .wait(.seconds(17 * 3600 + 1800)))
    }

    @Test("what waits past midnight is counted for the day it goes on, and no further than that day")
    func ahead() {
        var quota = DayQuota(limit: 2, zone: .utc)
        for _ in 0..<4 { quota.take(at: noon) }
        #expect(quota.ask(at: noon) == .refuse(.seconds(36 * 3600)))
        let tomorrow = noon + .seconds(86_400)
        #expect(quota.left(at: tomorrow) == 0)
        #expect(quota.left(at: tomorrow + .seconds(86_400)) == 2)
    }

    @Test("a clock that is set back gives no second quota, and one that jumps ahead and back takes none away for long")
    func clockJumps() {
        var quota = DayQuota(limit: 1, zone: .utc)
        quota.take(at: noon)
        #expect(quota.left(at: noon - .seconds(86_400)) == 0)
        #expect(quota.left(at: noon) == 0)
        #expect(quota.left(at: Timestamp(milliseconds: .max)) == 1)
        #expect(quota.left(at: Timestamp(milliseconds: .min)) == 0)
    }

    @Test("a quota given back is there for the next one")
    func quotaGivenBack() {
        var quota = DayQuota(limit: 1, zone: .utc)
        quota.take(at: noon)
        quota.giveBack()
        #expect(quota.ask(at: noon) == .go)
    }

    @Test("counts of a window are forgotten part by part, and nothing grows")
    func window() {
        var window = CountWindow(.seconds(10))
        for second in 0..<10 { window.add(count: 1, marked: 1, at: Int64(second) * 1_000_000_000) }
        #expect(window.count == 10)
        window.advance(to: 12_500_000_000)
        #expect(window.count == 7)
        window.advance(to: 1_000_000_000_000)
        #expect((window.count, window.marked) == (0, 0))
        window.add(count: 1, marked: 0, at: 5)
        #expect(window.count == 1, "a clock that stands still or goes back counts on")
    }
}
