import Inventory
import Store
import Testing

@testable import Gateway

@Suite("Retry budget and hedging")
struct RetryBudgetTests {
    private func at(_ seconds: Double) -> Moment {
        Moment(nanoseconds: Int64(seconds * 1e9), wall: Timestamp(milliseconds: 0))
    }

    private func budget(_ share: Double, _ atLeast: Rate, hedge: Double? = nil) -> RetryBudget {
        RetryBudget(
            RetryRules(
                budget: RetryBudgetRules(share: share, atLeast: atLeast),
                hedge: hedge.map { HedgeRules(after: .milliseconds(1), atMost: $0) }))
    }

    @Test("retries are a share of the calls of the last ten seconds")
    func share() {
        var budget = budget(0.2, Rate(count: 1, per: .seconds(3600)))
        for _ in 0..<100 { budget.noteCall(at: at(1)) }
        let allowed = (0..<100).count { _ in budget.spend(at: at(1)) }
        #expect(allowed == 20)
        #expect(budget.spent(at: at(1)) == 20)
        #expect(budget.spend(at: at(5)) == false)
        for _ in 0..<10 { budget.noteCall(at: at(5)) }
        #expect(budget.spend(at: at(5)) == true)
    }

    @Test("who makes few calls may retry at the least rate")
    func atLeast() {
        var budget = budget(0.2, Rate(count: 1, per: .seconds(1)))
        #expect((0..<100).count { _ in budget.spend(at: at(1)) } == 10)
        #expect(budget.spend(at: at(12)) == true, "what was spent ten seconds ago is forgotten")
    }

    @Test("in an outage retries stay a share of the load")
    func outage() {
        var budget = budget(0.1, Rate(count: 1, per: .seconds(60)))
        var sent = 0
        for call in 0..<10_000 {
            let now = at(Double(call) / 1000)
            budget.noteCall(at: now)
            sent += 1
            for _ in 0..<4 where budget.spend(at: now) { sent += 1 }
        }
        #expect(sent <= 11_002)
    }

    @Test("hedges are a share of all calls, saved up only a little, and retries too")
    func hedgeShare() {
        var budget = budget(0.5, Rate(count: 1, per: .seconds(3600)), hedge: 0.05)
        for _ in 0..<19 { budget.noteCall(at: at(1)) }
        #expect(budget.spendHedge(at: at(1)) == false)
        for _ in 0..<2 { budget.noteCall(at: at(1)) }
        #expect(budget.spendHedge(at: at(1)) == true)
        #expect(budget.spendHedge(at: at(1)) == false)
        #expect(budget.spent(at: at(1)) == 1)
        for _ in 0..<10_000 { budget.noteCall(at: at(2)) }
        #expect((0..<1000).count { _ in budget.spendHedge(at: at(2)) } == 10)
    }

    @Test("without rules for it nothing is hedged")
    func noHedge() {
        var budget = budget(1, Rate(count: 1000, per: .seconds(1)))
        for _ in 0..<100 { budget.noteCall(at: at(1)) }
        #expect(budget.spendHedge(at: at(1)) == false)
        #expect(Hedge(nil, risk: .read, canReplay: true) == nil)
    }

    private let rules = HedgeRules(after: .milliseconds(300))

    private func hedge() throws -> Hedge {
        try #require(Hedge(rules, risk: .read, canReplay: true))
    }

    @Test("only what looks, and can be sent twice, is hedged", arguments: [Risk.write, .payment])
    func onlyReads(risk: Risk) throws {
        #expect(Hedge(rules, risk: risk, canReplay: true) == nil)
        #expect(Hedge(rules, risk: .read, canReplay: false) == nil)
        #expect(try hedge().after == .milliseconds(300))
    }

    @Test("the first good answer wins and ends the other", arguments: [Hedge.Which.first, .second])
    func winner(which: Hedge.Which) throws {
        var hedge = try hedge()
        #expect(hedge.timerFired { true } == true)
        #expect(hedge.ended(which, isGood: true) == .takeIt(cancelOther: true))
        #expect(hedge.ended(which == .first ? .second : .first, isGood: true) == .late)
    }

    @Test("a bad answer waits for the other one", arguments: [Hedge.Which.first, .second])
    func badFirst(which: Hedge.Which) throws {
        let other = which == .first ? Hedge.Which.second : .first
        var hedge = try hedge()
        #expect(hedge.timerFired { true } == true)
        #expect(hedge.ended(which, isGood: false) == .waitForOther)
        var both = hedge
        #expect(hedge.ended(other, isGood: true) == .takeIt(cancelOther: false))
        #expect(both.ended(other, isGood: false) == .nothingGood)
    }

    @Test("there is at most one second attempt, and none when the first has ended")
    func atMostOne() throws {
        var hedge = try hedge()
        #expect(hedge.timerFired { true } == true)
        #expect(hedge.timerFired { true } == false)
        var ended = try self.hedge()
        #expect(ended.ended(.first, isGood: false) == .nothingGood)
        #expect(ended.timerFired { true } == false)
    }

    @Test("without a budget, or without room in the limits, the first stays alone")
    func noRoom() throws {
        var poor = try hedge()
        #expect(poor.timerFired { false } == false)
        #expect(poor.timerFired { true } == false)
        #expect(poor.ended(.first, isGood: true) == .takeIt(cancelOther: false))
        var full = try hedge()
        #expect(full.timerFired { true } == true)
        full.secondNotStarted()
        #expect(full.ended(.first, isGood: false) == .nothingGood)
    }

    @Test("when the first fails before it is known that the second did not start, nothing is left")
    func secondNeverStarted() throws {
        var hedge = try hedge()
        #expect(hedge.timerFired { true } == true)
        #expect(hedge.ended(.first, isGood: false) == .waitForOther)
        hedge.secondNotStarted()
        #expect(hedge.ended(.second, isGood: true) == .late)
    }

    @Test("good is what would not be asked for again")
    func good() {
        #expect(Hedge.isGood(status: 200, statuses: [503]))
        #expect(Hedge.isGood(status: 404, statuses: [503]))
        for status in [429, 500, 503, 408] { #expect(!Hedge.isGood(status: status, statuses: [408, 503])) }
    }
}
