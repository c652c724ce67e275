import Inventory
import Store
import Testing
import Wire

@testable import Gateway

@Suite("Limits learned from a provider's answers")
struct LearnedLimitTests {
    private func at(_ seconds: Double) -> Moment {
        Moment(nanoseconds: Int64(seconds * 1e9), wall: Timestamp(milliseconds: 1_795_521_600_000))
    }

    private let gate = ProviderGate(Provider(name: "rents"))

    private func fields(_ pairs: KeyValuePairs<String, String>) throws -> FieldList {
        var fields = FieldList()
        for (name, value) in pairs { fields.append(try #require(FieldName(name)), value) }
        return fields
    }

    private func pass(
        _ seconds: Double, patience: Duration = .seconds(60), _ gate: ProviderGate? = nil
    ) throws -> GatePass {
        guard case .go(let pass) = (gate ?? self.gate).enter(0, at: at(seconds), patience: patience) else {
            throw NoPass()
        }
        return pass
    }

    private func refusal(_ seconds: Double, patience: Duration, _ gate: ProviderGate? = nil) -> GateRefusal? {
        let entry = (gate ?? self.gate).enter(0, at: at(seconds), patience: patience)
        if case .refused(let refusal) = entry { return refusal }
        return nil
    }

    private struct NoPass: Error {}

    @Test("a 429 with Retry-After holds everyone back, and is refused where it outlasts the caller's patience")
    func hold() throws {
        let first = try pass(1)
        let words = gate.learn(try fields(["Retry-After": "3"]), status: 429, first, at: at(1))
        #expect(words.wait == .seconds(3))
        #expect(gate.pause(at: .seconds(2)) == .seconds(2))
        #expect(try pass(2).wait == .seconds(2))
        #expect(refusal(2, patience: .seconds(1)) == GateRefusal(.held, retryAfter: .seconds(2)))
        #expect(try pass(4).wait == .zero)
    }

    @Test("a 503 that names a time holds everyone back; one that names none, and other failures, do not")
    func unavailable() throws {
        _ = gate.learn(try fields([:]), status: 503, try pass(1), at: at(1))
        _ = gate.learn(try fields(["Retry-After": "9"]), status: 404, try pass(1), at: at(1))
        #expect(gate.pause(at: .seconds(1)) == .zero)
        _ = gate.learn(try fields(["Retry-After": "9"]), status: 503, try pass(1), at: at(1))
        #expect(gate.pause(at: .seconds(1)) == .seconds(9))
    }

    @Test("a shorter pause does not end a longer one")
    func longest() throws {
        let passes = try (0..<2).map { _ in try pass(1) }
        _ = gate.learn(try fields(["Retry-After": "30"]), status: 429, passes[0], at: at(1))
        _ = gate.learn(try fields(["Retry-After": "1"]), status: 429, passes[1], at: at(2))
        #expect(gate.pause(at: .seconds(2)) == .seconds(29))
    }

    @Test("no provider is believed longer than the inventory allows")
    func bounded() throws {
        let gate = ProviderGate(Provider(name: "rents", limits: Limits(hold: .seconds(60))))
        _ = gate.learn(try fields(["Retry-After": "86400"]), status: 429, try pass(1, gate), at: at(1))
        #expect(gate.pause(at: .seconds(1)) == .seconds(60))
        _ = gate.learn(
            try fields(["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "86400"]), status: 200,
            try pass(61, gate), at: at(61))
        #expect(gate.pause(at: .seconds(61)) == .seconds(60))
        #expect(try pass(121, gate).wait == .zero)
    }

    @Test("when the provider says that nothing is left, calls wait for its reset before it has to say no")
    func nothingLeft() throws {
        let answer = try fields(["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "20"])
        _ = gate.learn(answer, status: 200, try pass(1), at: at(1))
        #expect(try pass(2).wait == .seconds(19))
        #expect(refusal(2, patience: .seconds(5))?.retryAfter == .seconds(19))
        #expect(try pass(21).wait == .zero)
    }

    @Test("what is left is shared out among the calls that go at once")
    func countedDown() throws {
        let answer = try fields(["RateLimit": "\"a\";r=2;t=20"])
        let first = try pass(1)
        _ = gate.learn(answer, status: 200, first, at: at(1))
        #expect(try (0..<2).map { _ in try pass(2).wait } == [.zero, .zero])
        #expect(refusal(2, patience: .seconds(5)) == GateRefusal(.remaining, retryAfter: .seconds(19)))
        #expect(gate.snapshot(at: at(2)).remaining == 0)
        #expect(gate.snapshot(at: at(22)).remaining == nil)
    }

    @Test("calls that left after the one that is answered are taken off, since it cannot have known of them")
    func sentSince() throws {
        let first = try pass(1)
        for _ in 0..<3 { _ = try pass(1) }
        _ = gate.learn(try fields(["RateLimit": "\"a\";r=5;t=20"]), status: 200, first, at: at(1))
        #expect(gate.snapshot(at: at(1)).remaining == 2)
    }

    @Test("an answer that comes late does not overrule a later one, until the reset is past")
    func overtaken() throws {
        let first = try pass(1)
        let second = try pass(1)
        _ = gate.learn(try fields(["RateLimit": "\"a\";r=8;t=20"]), status: 200, second, at: at(2))
        _ = gate.learn(try fields(["RateLimit": "\"a\";r=9;t=20"]), status: 200, first, at: at(3))
        #expect(gate.snapshot(at: at(3)).remaining == 8)
        _ = gate.learn(try fields(["RateLimit": "\"a\";r=99;t=20"]), status: 200, first, at: at(23))
        #expect(gate.snapshot(at: at(23)).remaining == 98)
    }

    @Test("after a pause calls do not all go at once where a rate is declared")
    func pacedAfterHold() throws {
        let limits = Limits(rate: Rate(count: 1, per: .seconds(1)), burst: 1)
        let gate = ProviderGate(Provider(name: "rents", limits: limits))
        _ = gate.learn(try fields(["Retry-After": "10"]), status: 429, try pass(1, gate), at: at(1))
        let waits = try (0..<3).map { _ in try pass(2, gate).wait }
        #expect(waits == [.seconds(9), .seconds(10), .seconds(11)])
    }

    @Test("who waits for the pace learns of a pause that came meanwhile, and lines up behind it")
    func confirmAfterHold() throws {
        let limits = Limits(rate: Rate(count: 1, per: .seconds(1)), burst: 1)
        let gate = ProviderGate(Provider(name: "rents", limits: limits))
        let first = try pass(1, gate)
        let second = try pass(1, gate)
        let third = try pass(1, gate)
        _ = gate.learn(try fields(["Retry-After": "10"]), status: 429, first, at: at(1.5))
        guard case .go(let later) = gate.confirm(second, at: at(2), patience: .seconds(60)) else { throw NoPass() }
        #expect(later.wait == .milliseconds(9500))
        guard case .go(let last) = gate.confirm(third, at: at(3), patience: .seconds(60)) else { throw NoPass() }
        #expect(last.wait == .milliseconds(9500))
        guard case .go(let now) = gate.confirm(later, at: at(11.5), patience: .seconds(60)) else { throw NoPass() }
        #expect(now.wait == .zero)
        guard case .refused(let no) = gate.confirm(last, at: at(4), patience: .seconds(1)) else { throw NoPass() }
        #expect(no.reason == .held)
    }

    @Test("a provider that sends no such fields costs nothing to learn from, and one that starts to is noticed")
    func noticed() throws {
        let plain = try fields(["Content-Type": "application/json"])
        let telling = try fields(["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "20"])
        let pass = try pass(1)
        for _ in 0..<5 { #expect(gate.learn(plain, status: 200, pass, at: at(1)) == .none) }
        for _ in 0..<16 { _ = gate.learn(telling, status: 200, pass, at: at(1)) }
        #expect(gate.pause(at: .seconds(1)) == .seconds(20))
        #expect(gate.learn(telling, status: 200, pass, at: at(2)).exhaustedFor == .seconds(20), "known from now on")
    }
}
