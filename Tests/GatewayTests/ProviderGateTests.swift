import Inventory
import Store
import Testing

@testable import Gateway

@Suite("A provider's gate")
struct ProviderGateTests {
    private func at(_ seconds: Double, wall: Timestamp = Timestamp(milliseconds: 1_795_521_600_000)) -> Moment {
        Moment(nanoseconds: Int64(seconds * 1e9), wall: wall)
    }

    private func provider(
        limits: Limits? = nil, operations: [String: Limits?] = [:], breaker: BreakerRules? = nil,
        retries: RetryRules = RetryRules()
    ) throws -> Provider {
        let path = try PathTemplate("/a")
        return Provider(
            name: "rents", limits: limits, retries: retries,
            breaker: breaker
                ?? BreakerRules(failures: 0.5, minimum: 4, window: .seconds(10), open: .seconds(5), ramp: .zero),
            operations: operations.keys.sorted().map {
                Operation(name: $0, method: "GET", path: path, limits: operations[$0] ?? nil)
            })
    }

    private func refusal(_ entry: ProviderGate.Entry) -> GateRefusal? {
        if case .refused(let refusal) = entry { refusal } else { nil }
    }

    private func pass(_ entry: ProviderGate.Entry) throws -> GatePass {
        guard case .go(let pass) = entry else { throw NoPass(entry: entry) }
        return pass
    }

    private struct NoPass: Error {
        let entry: ProviderGate.Entry
    }

    /// One whole attempt.
    private func attempt(
        _ gate: ProviderGate, _ slot: Int, _ outcome: AttemptOutcome, _ seconds: Double
    ) throws {
        let pass = try pass(gate.enter(slot, at: at(seconds), patience: .zero))
        gate.report(pass, outcome, at: at(seconds))
        gate.leave(pass, at: at(seconds))
    }

    private let failure = AttemptOutcome.answered(status: 503, after: .milliseconds(5))
    private let success = AttemptOutcome.answered(status: 200, after: .milliseconds(5))
    private let unreachable = AttemptOutcome.failed(
        ClientError(.unreachable, wasSent: false), after: .milliseconds(5))

    @Test("without limits a call goes at once")
    func free() throws {
        let gate = ProviderGate(try provider())
        #expect(try pass(gate.enter(gate.slot(of: nil), at: at(1), patience: .zero)).wait == .zero)
    }

    @Test("calls beyond the rate are paced, and refused where that takes longer than they wait")
    func rate() throws {
        let limits = Limits(rate: Rate(count: 2, per: .seconds(1)), burst: 1)
        let gate = ProviderGate(try provider(limits: limits))
        let slot = gate.slot(of: nil)
        let waits = try (0..<3).map { _ in try pass(gate.enter(slot, at: at(1), patience: .seconds(5))).wait }
        #expect(waits == [.zero, .milliseconds(500), .seconds(1)])
        let entry = gate.enter(slot, at: at(1), patience: .seconds(1))
        #expect(refusal(entry) == GateRefusal(.rate, retryAfter: .milliseconds(1500)))
        #expect(try pass(gate.enter(slot, at: at(2.5), patience: .zero)).wait == .zero, "the no took nothing")
    }

    @Test("an operation's rate is its own, inside the provider's")
    func operationRate() throws {
        let narrow = Limits(rate: Rate(count: 1, per: .seconds(1)), burst: 1)
        let wide = Limits(rate: Rate(count: 100, per: .seconds(1)), burst: 100)
        let gate = ProviderGate(try provider(limits: wide, operations: ["slow": narrow, "fast": nil]))
        let slow = gate.slot(of: "slow")
        #expect(try pass(gate.enter(slow, at: at(1), patience: .zero)).wait == .zero)
        #expect(refusal(gate.enter(slow, at: at(1), patience: .zero))?.reason == .rate)
        #expect(try pass(gate.enter(gate.slot(of: "fast"), at: at(1), patience: .zero)).wait == .zero)
    }

    @Test("a day's quota is refused with the time until the day ends")
    func daily() throws {
        let gate = ProviderGate(try provider(limits: Limits(daily: 1)))
        let slot = gate.slot(of: nil)
        _ = try pass(gate.enter(slot, at: at(1), patience: .seconds(60)))
        let no = refusal(gate.enter(slot, at: at(1), patience: .seconds(60)))
        #expect(no == GateRefusal(.daily, retryAfter: .seconds(12 * 3600)))
        let tomorrow = at(50_000, wall: Timestamp(milliseconds: 1_795_521_600_000 + 43_200_000))
        #expect(try pass(gate.enter(slot, at: tomorrow, patience: .zero)).wait == .zero)
    }

    @Test("an attempt that was not sent gives back what it had reserved")
    func unsent() throws {
        let limits = Limits(rate: Rate(count: 1, per: .seconds(60)), burst: 1, daily: 1)
        let gate = ProviderGate(try provider(limits: limits))
        for _ in 0..<3 { try attempt(gate, gate.slot(of: nil), .unsent, 1) }
    }

    @Test("the kill switch refuses everything at once, says why, and lets through again")
    func killSwitch() throws {
        let gate = ProviderGate(try provider())
        let off = ProviderSwitch(provider: "rents", reason: "leak", by: "Ada", at: Timestamp(milliseconds: 7))
        gate.switchOff(off)
        let no = refusal(gate.enter(0, at: at(1), patience: .seconds(9)))
        #expect(no?.reason == .switchedOff)
        #expect(no?.switchedOff == off)
        #expect(no?.retryAfter == nil)
        #expect(gate.snapshot(at: at(1)).switchedOff == off)
        gate.switchOn()
        _ = try pass(gate.enter(0, at: at(1), patience: .zero))
    }

    @Test("a call that waits for its pace is stopped by the kill switch too, and by a breaker that opens meanwhile")
    func confirmStops() throws {
        let limits = Limits(rate: Rate(count: 1, per: .seconds(1)), burst: 1, concurrency: 2)
        let gate = ProviderGate(try provider(limits: limits))
        let first = try pass(gate.enter(0, at: at(1), patience: .seconds(9)))
        let second = try pass(gate.enter(0, at: at(1), patience: .seconds(9)))
        #expect(second.wait == .seconds(1))
        gate.switchOff(ProviderSwitch(provider: "rents", reason: "", by: "", at: Timestamp(milliseconds: 0)))
        #expect(refusal(gate.confirm(second, at: at(2), patience: .seconds(9)))?.reason == .switchedOff)
        #expect(gate.snapshot(at: at(2)).running == 1, "its place is free again")
        gate.switchOn()
        let third = try pass(gate.enter(0, at: at(2), patience: .seconds(9)))
        for _ in 0..<4 { gate.report(first, failure, at: at(2)) }
        #expect(refusal(gate.confirm(third, at: at(3), patience: .seconds(9)))?.reason == .operationBreaker)
    }

    @Test("an operation that fails is left alone, the others of the provider go on")
    func operationBreaker() throws {
        let gate = ProviderGate(try provider(operations: ["a": nil, "b": nil]))
        let (a, b) = (gate.slot(of: "a"), gate.slot(of: "b"))
        try attempt(gate, b, success, 1)
        for _ in 0..<4 { try attempt(gate, a, failure, 1) }
        let no = refusal(gate.enter(a, at: at(2), patience: .seconds(60)))
        #expect(no == GateRefusal(.operationBreaker, retryAfter: .seconds(4)))
        try attempt(gate, b, success, 2)
        #expect(gate.breakerPosition(at: .seconds(2)) == .open)
        #expect(gate.snapshot(at: at(2)).breaker == .closed)
        try attempt(gate, a, success, 6)
        #expect(gate.breakerPosition(at: .seconds(6)) == .closed)
    }

    @Test("when several operations fail, at least half of those in use, the whole provider is left alone")
    func severalOperations() throws {
        let gate = ProviderGate(try provider(operations: ["a": nil, "b": nil, "c": nil, "d": nil, "e": nil]))
        let slots = ["a", "b", "c", "d", "e"].map { gate.slot(of: $0) }
        for slot in slots { try attempt(gate, slot, success, 1) }
        for slot in slots[0...1] { for _ in 0..<3 { try attempt(gate, slot, failure, 1) } }
        try attempt(gate, slots[4], success, 1)
        for _ in 0..<3 { try attempt(gate, slots[2], failure, 2) }
        #expect(refusal(gate.enter(slots[4], at: at(3), patience: .zero))?.reason == .providerBreaker)
        #expect(gate.snapshot(at: at(3)).breaker == .open)
    }

    @Test("when a provider cannot be reached, it is left alone as a whole and no operation is blamed")
    func connections() throws {
        let gate = ProviderGate(try provider(operations: ["a": nil, "b": nil]))
        for _ in 0..<4 { try attempt(gate, gate.slot(of: "a"), unreachable, 1) }
        #expect(refusal(gate.enter(gate.slot(of: "b"), at: at(2), patience: .zero))?.reason == .providerBreaker)
        let snapshot = gate.snapshot(at: at(2))
        #expect(snapshot.operations.allSatisfy { $0.breaker == .closed })
        try attempt(gate, gate.slot(of: "b"), success, 6)
        #expect(gate.snapshot(at: at(6)).breaker == .closed)
    }

    @Test("an operation that keeps failing does not keep the provider from coming back")
    func noStarving() throws {
        let gate = ProviderGate(try provider(operations: ["a": nil, "b": nil]))
        let (a, b) = (gate.slot(of: "a"), gate.slot(of: "b"))
        for _ in 0..<4 { try attempt(gate, a, failure, 1) }
        for _ in 0..<12 { try? attempt(gate, b, unreachable, 1) }
        #expect(gate.snapshot(at: at(1)).breaker == .open)
        try attempt(gate, a, failure, 6)
        #expect(gate.snapshot(at: at(6)).breaker == .halfOpen, "it was known to fail: no verdict on the provider")
        try attempt(gate, b, success, 6)
        #expect(gate.snapshot(at: at(6)).breaker == .closed)
    }

    @Test("a caller's mistake, a limit reached and an answer larger than our cap are no failures of the provider")
    func noFailures() throws {
        let gate = ProviderGate(try provider(operations: ["a": nil]))
        let slot = gate.slot(of: "a")
        for _ in 0..<5 {
            for status in [400, 401, 404, 429] { try attempt(gate, slot, .answered(status: status, after: .zero), 1) }
            try attempt(gate, slot, .failed(ClientError(.tooLarge, wasSent: true), after: .zero), 1)
            try attempt(gate, slot, .left(after: .seconds(60)), 1)
        }
        #expect(gate.breakerPosition(at: .seconds(1)) == .closed)
    }

    @Test("time-outs, broken connections and broken answers after sending are failures of the operation")
    func failures() throws {
        for reason in [ClientError.Reason.timeout, .closed, .malformed] {
            let gate = ProviderGate(try provider(operations: ["a": nil]))
            for _ in 0..<4 {
                try attempt(gate, gate.slot(of: "a"), .failed(ClientError(reason, wasSent: true), after: .zero), 1)
            }
            #expect(gate.snapshot(at: at(1)).operations.map(\.breaker) == [.open], "\(reason)")
        }
    }

    @Test("where slow counts, slow answers and callers who left because of it are failures")
    func slow() throws {
        let rules = BreakerRules(
            failures: 0.5, minimum: 4, window: .seconds(10), open: .seconds(5), slow: .seconds(2), ramp: .zero)
        for outcome in [AttemptOutcome.answered(status: 200, after: .seconds(3)), .left(after: .seconds(3))] {
            let gate = ProviderGate(try provider(operations: ["a": nil], breaker: rules))
            for _ in 0..<4 { try attempt(gate, gate.slot(of: "a"), outcome, 1) }
            #expect(gate.breakerPosition(at: .seconds(1)) == .open)
        }
        let gate = ProviderGate(try provider(operations: ["a": nil], breaker: rules))
        for _ in 0..<9 { try attempt(gate, gate.slot(of: "a"), .left(after: .seconds(1)), 1) }
        #expect(gate.breakerPosition(at: .seconds(1)) == .closed)
    }

    @Test("a probe that the limits refuse is not lost")
    func refusedProbe() throws {
        let limits = Limits(rate: Rate(count: 1, per: .seconds(60)), burst: 4)
        let gate = ProviderGate(try provider(limits: limits, operations: ["a": nil]))
        let slot = gate.slot(of: "a")
        for _ in 0..<4 { try attempt(gate, slot, failure, 1) }
        #expect(refusal(gate.enter(slot, at: at(10), patience: .zero))?.reason == .rate)
        #expect(refusal(gate.enter(slot, at: at(10), patience: .zero))?.reason == .rate)
    }

    @Test("a new inventory with the same rules changes nothing, and attempts under way still count")
    func adoptSame() throws {
        let limits = Limits(rate: Rate(count: 1, per: .seconds(60)), burst: 1, concurrency: 2, daily: 5)
        let gates = ProviderGates()
        let provider = try provider(limits: limits, operations: ["a": nil])
        let gate = gates.gate(for: provider)
        let slot = gate.slot(of: "a")
        let pass = try pass(gate.enter(slot, at: at(1), patience: .zero))
        gates.adopt([provider])
        #expect(gates.gate(for: provider) === gate)
        #expect(gate.slot(of: "a") == slot)
        #expect(refusal(gate.enter(slot, at: at(1), patience: .zero))?.reason == .rate)
        #expect(gate.snapshot(at: at(1)).dailyLeft == 4)
        gate.leave(pass, at: at(2))
        #expect(gate.snapshot(at: at(2)).running == 0)
    }

    @Test(
        "new rules are in force at once; breakers begin anew, switches stay, and an older state of them changes nothing"
    )
    func adoptNew() throws {
        let gates = ProviderGates()
        let gate = gates.gate(for: try provider(operations: ["a": nil]))
        for _ in 0..<4 { try attempt(gate, gate.slot(of: "a"), failure, 1) }
        let off = ProviderSwitch(provider: "rents", reason: "", by: "", at: Timestamp(milliseconds: 0))
        gates.setSwitches([off], version: 1)
        let new = BreakerRules(failures: 0.9, ramp: .zero)
        let limits = Limits(rate: Rate(count: 1, per: .seconds(1)), burst: 1)
        gates.adopt([try provider(limits: limits, operations: ["a": nil, "b": nil], breaker: new)])
        #expect(gate.breakerPosition(at: .seconds(1)) == .closed)
        #expect(refusal(gate.enter(gate.slot(of: "a"), at: at(1), patience: .zero))?.reason == .switchedOff)
        gates.setSwitches([], version: 2)
        gates.setSwitches([off], version: 1)
        _ = try pass(gate.enter(gate.slot(of: "b"), at: at(1), patience: .zero))
        #expect(refusal(gate.enter(gate.slot(of: "b"), at: at(1), patience: .zero))?.reason == .rate)
    }

    @Test("gates of providers that are gone are forgotten; a switch outlives them")
    func gone() throws {
        let gates = ProviderGates()
        let provider = try provider()
        _ = gates.gate(for: provider)
        gates.setSwitches(
            [ProviderSwitch(provider: "rents", reason: "", by: "", at: Timestamp(milliseconds: 0))], version: 1)
        gates.adopt([])
        #expect(gates["rents"] == nil)
        #expect(gates.gate(for: provider).switchedOff != nil)
    }

    @Test("retries and hedges are given by the provider's budget")
    func budget() throws {
        let rules = RetryRules(budget: RetryBudgetRules(share: 0.5, atLeast: Rate(count: 1, per: .seconds(3600))))
        let gate = ProviderGate(try provider(retries: rules))
        for _ in 0..<4 { try attempt(gate, 0, success, 1) }
        let pass = try pass(gate.enter(0, at: at(1), patience: .zero, isRetry: true))
        gate.report(pass, success, at: at(1))
        gate.leave(pass, at: at(1))
        #expect((0..<9).count { _ in gate.spendRetry(at: at(1)) } == 2)
        #expect(!gate.spendHedge(at: at(1)))
        #expect(gate.snapshot(at: at(1)).retries == 2)
    }
}
