import Inventory
import Store
import Testing

@testable import Gateway

@Suite("Breaker")
struct BreakerTests {
    private let rules = BreakerRules(
        failures: 0.5, minimum: 4, window: .seconds(10), open: .seconds(5), probes: 1, ramp: .zero)

    private func at(_ seconds: Double) -> Moment {
        Moment(nanoseconds: Int64(seconds * 1e9), wall: Timestamp(milliseconds: 0))
    }

    private func opened(_ rules: BreakerRules) -> Breaker {
        var breaker = Breaker(rules)
        breaker.open(at: at(0))
        return breaker
    }

    /// Asks for a probe and gives back its number.
    private func probe(_ breaker: inout Breaker, _ seconds: Double) throws -> Int64 {
        guard case .probe(let number) = breaker.ask(at: at(seconds)) else { throw NoProbe() }
        return number
    }

    private struct NoProbe: Error {}

    @Test("it opens at the share of failures once there are enough calls")
    func opens() {
        var breaker = Breaker(rules)
        for failed in [true, true, false] { #expect(breaker.record(failed: failed, probe: nil, at: at(1)) == false) }
        #expect(breaker.ask(at: at(1)) == .pass)
        #expect(breaker.record(failed: true, probe: nil, at: at(1)) == true, "this one opens it")
        #expect(breaker.ask(at: at(2)) == .refuse(.open(.seconds(4))))
        #expect(breaker.position(at: at(2)) == .open)
        #expect(breaker.position(at: at(6)) == .halfOpen)
    }

    @Test("below the share it stays closed, however many calls there are")
    func staysClosed() {
        var breaker = Breaker(rules)
        for index in 0..<1000 { breaker.record(failed: index % 5 > 2, probe: nil, at: at(1)) }
        #expect(breaker.position(at: at(1)) == .closed)
    }

    @Test("a success never opens it, even where it completes the minimum")
    func successOpensNothing() {
        var breaker = Breaker(rules)
        for _ in 0..<3 { breaker.record(failed: true, probe: nil, at: at(1)) }
        #expect(breaker.record(failed: false, probe: nil, at: at(1)) == false)
        #expect(breaker.position(at: at(1)) == .closed)
    }

    @Test("failures outside the window are forgotten")
    func window() {
        var breaker = Breaker(rules)
        for _ in 0..<3 { breaker.record(failed: true, probe: nil, at: at(0)) }
        breaker.record(failed: true, probe: nil, at: at(11))
        #expect(breaker.ask(at: at(11)) == .pass)
    }

    @Test("one probe at a time goes after the pause, and its success closes it")
    func closes() throws {
        var breaker = opened(rules)
        let probe = try probe(&breaker, 5)
        #expect(breaker.ask(at: at(5)) == .refuse(.open(.seconds(1))))
        breaker.record(failed: false, probe: probe, at: at(6))
        #expect(breaker.position(at: at(6)) == .closed)
        #expect(breaker.ask(at: at(6)) == .pass)
    }

    @Test("a failed probe opens it again for the whole pause")
    func failedProbe() throws {
        var breaker = opened(rules)
        let probe = try probe(&breaker, 5)
        #expect(breaker.record(failed: true, probe: probe, at: at(7)) == true)
        #expect(breaker.ask(at: at(8)) == .refuse(.open(.seconds(4))))
    }

    @Test("a probe that never reports does not hold it open for ever, and counts for nothing when it reports late")
    func lostProbe() throws {
        var breaker = opened(rules)
        let lost = try probe(&breaker, 5)
        let second = try probe(&breaker, 10)
        #expect(second != lost)
        breaker.record(failed: true, probe: lost, at: at(11))
        #expect(breaker.position(at: at(11)) == .halfOpen)
        breaker.record(failed: false, probe: second, at: at(11))
        #expect(breaker.position(at: at(11)) == .closed)
    }

    @Test("a probe that says nothing about the provider makes room for another")
    func releasedProbe() throws {
        var breaker = opened(rules)
        breaker.release(probe: try probe(&breaker, 5))
        _ = try probe(&breaker, 5)
    }

    @Test("calls from before it opened neither close it nor keep it open")
    func lateCalls() throws {
        var breaker = opened(rules)
        breaker.record(failed: false, probe: nil, at: at(1))
        #expect(breaker.position(at: at(1)) == .open)
        let probe = try probe(&breaker, 5)
        breaker.record(failed: true, probe: nil, at: at(5))
        breaker.record(failed: false, probe: nil, at: at(5))
        #expect(breaker.position(at: at(5)) == .halfOpen)
        breaker.record(failed: false, probe: probe, at: at(6))
        #expect(breaker.position(at: at(6)) == .closed)
    }

    @Test("with several probes all must succeed, side by side or one after the other")
    func severalProbes() throws {
        let rules = BreakerRules(minimum: 4, window: .seconds(10), open: .seconds(5), probes: 3, ramp: .zero)
        var breaker = opened(rules)
        let first = try probe(&breaker, 5)
        breaker.record(failed: false, probe: first, at: at(5))
        let second = try probe(&breaker, 6)
        let third = try probe(&breaker, 6)
        #expect(breaker.ask(at: at(6)) == .refuse(.open(.seconds(1))))
        breaker.record(failed: false, probe: second, at: at(6))
        #expect(breaker.position(at: at(6)) == .halfOpen)
        breaker.record(failed: false, probe: third, at: at(6))
        #expect(breaker.position(at: at(6)) == .closed)

        var other = opened(rules)
        let good = try probe(&other, 5)
        let bad = try probe(&other, 5)
        other.record(failed: false, probe: good, at: at(5))
        other.record(failed: true, probe: bad, at: at(5))
        #expect(other.position(at: at(5)) == .open)
    }

    @Test("after closing the calls come back little by little, and all of them after the ramp")
    func ramp() throws {
        let rules = BreakerRules(minimum: 1000, window: .seconds(10), open: .seconds(5), ramp: .seconds(10))
        var breaker = opened(rules)
        breaker.record(failed: false, probe: try probe(&breaker, 5), at: at(5))
        #expect(breaker.position(at: at(5)) == .closed)
        var passed: [Int] = []
        for second in 0..<11 {
            let count = (0..<1000).count { index in
                breaker.ask(at: at(5 + Double(second) + Double(index) / 1000)) == .pass
            }
            passed.append(count)
        }
        #expect(passed == passed.sorted())
        #expect((100...200).contains(passed[0]))
        #expect((550...650).contains(passed[5]))
        #expect(passed[10] == 1000)
    }

    @Test("who asks little is not refused during the ramp, and who is refused learns when to come back")
    func rampFloor() throws {
        let rules = BreakerRules(minimum: 1000, window: .seconds(10), open: .seconds(5), ramp: .seconds(10))
        var breaker = opened(rules)
        breaker.record(failed: false, probe: try probe(&breaker, 5), at: at(5))
        for _ in 0..<Breaker.warmFloor { #expect(breaker.ask(at: at(5.5)) == .pass) }
        #expect(breaker.ask(at: at(5.5)) == .refuse(.warming(.milliseconds(500))))
        #expect(breaker.ask(at: at(6)) == .pass)
    }

    @Test("failures during the ramp open it again")
    func failuresInRamp() throws {
        let rules = BreakerRules(minimum: 2, window: .seconds(10), open: .seconds(5), ramp: .seconds(10))
        var breaker = opened(rules)
        breaker.record(failed: false, probe: try probe(&breaker, 5), at: at(5))
        for _ in 0..<2 { breaker.record(failed: true, probe: nil, at: at(6)) }
        #expect(breaker.position(at: at(6)) == .open)
    }
}
