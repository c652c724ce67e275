import Inventory
import Testing

@testable import Gateway

@Suite("Limits")
struct LimitTests {
    @Test("a burst passes at once, what follows is paced")
    func pacing() {
        var bucket = TokenBucket(count: 10, per: .seconds(1), burst: 3)
        let waits = (0..<5).map { _ in bucket.reserve(at: .seconds(100)) }
        #expect(waits == [.zero, .zero, .zero, .milliseconds(100), .milliseconds(200)])
        #expect(bucket.delay(at: .seconds(101)) == .zero)
    }

    @Test("an idle bucket never holds more than its burst")
    func burstIsBounded() {
        var bucket = TokenBucket(count: 1, per: .seconds(1), burst: 2)
        let waits = (0..<3).map { _ in bucket.reserve(at: .seconds(1_000_000)) }
        #expect(waits == [.zero, .zero, .seconds(1)])
    }

    private let rules = BreakerRules(failures: 0.5, minimum: 4, window: .seconds(10), open: .seconds(5))

    @Test("the breaker opens at the ratio once there are enough calls, probes after the pause, and closes on success")
    func breakerCycle() {
        var breaker = Breaker(rules)
        for failed in [true, true, false] { breaker.record(failed: failed, at: .seconds(1)) }
        #expect(breaker.ask(at: .seconds(1)) == .pass)
        breaker.record(failed: true, at: .seconds(1))
        #expect(breaker.ask(at: .seconds(2)) == .refuse(retryAfter: .seconds(4)))
        #expect(breaker.position(at: .seconds(2)) == .open)
        #expect(breaker.ask(at: .seconds(6)) == .pass)
        #expect(breaker.ask(at: .seconds(6)) == .refuse(retryAfter: .seconds(5)), "one probe at a time")
        breaker.record(failed: false, at: .seconds(7))
        #expect(breaker.position(at: .seconds(7)) == .closed)
        #expect(breaker.ask(at: .seconds(7)) == .pass)
    }

    @Test("a failed probe opens it again, and a probe that never reports does not hold it open for ever")
    func probes() {
        var breaker = Breaker(rules)
        for _ in 0..<4 { breaker.record(failed: true, at: .zero) }
        #expect(breaker.ask(at: .seconds(5)) == .pass)
        breaker.record(failed: true, at: .seconds(5))
        #expect(breaker.ask(at: .seconds(9)) == .refuse(retryAfter: .seconds(1)))
        #expect(breaker.ask(at: .seconds(10)) == .pass)
        #expect(breaker.ask(at: .seconds(15)) == .pass)
    }

    @Test("failures outside the window are forgotten")
    func window() {
        var breaker = Breaker(rules)
        for _ in 0..<3 { breaker.record(failed: true, at: .zero) }
        breaker.record(failed: true, at: .seconds(11))
        #expect(breaker.ask(at: .seconds(11)) == .pass)
    }

    @Test("a pause the provider asked for holds everyone back, and is refused where it outlasts the caller's patience")
    func pause() {
        let gate = ProviderGate(Provider(name: "rents"))
        gate.pause(until: .seconds(3))
        #expect(gate.admit(at: .seconds(1), patience: .seconds(5)) == .go(after: .seconds(2)))
        #expect(gate.admit(at: .seconds(1), patience: .seconds(1)) == .refused(retryAfter: .seconds(2)))
        #expect(gate.admit(at: .seconds(4), patience: .seconds(1)) == .go(after: .zero))
    }

    @Test("no more than the allowed number are under way, and all get their turn")
    func concurrency() async {
        let gate = ProviderGate(Provider(name: "rents", limits: Limits(concurrency: 3)))
        let counter = Counter()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    await gate.enter()
                    await counter.enter()
                    await Task.yield()
                    await counter.leave()
                    gate.leave()
                }
            }
        }
        #expect(await counter.highest <= 3)
        #expect(await counter.total == 50)
    }

    @Test("a waiter that is cancelled does not take a place away from the others")
    func cancelledWaiter() async {
        let gate = ProviderGate(Provider(name: "rents", limits: Limits(concurrency: 1)))
        await gate.enter()
        let waiter = Task {
            await gate.enter()
            gate.leave()
        }
        waiter.cancel()
        await waiter.value
        gate.leave()
        await gate.enter()
        gate.leave()
    }
}

private actor Counter {
    private var now = 0
    private(set) var highest = 0
    private(set) var total = 0

    func enter() {
        now += 1
        total += 1
        highest = max(highest, now)
    }

    func leave() {
        now -= 1
    }
}
