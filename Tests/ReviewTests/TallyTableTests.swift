import Store
import Testing

@testable import Review

@Suite("Table of counts")
struct TallyTableTests {
    @Test("plain reads keep a row each up to the bound of a second, and are counted beyond it")
    func bound() {
        var table = TallyTable(rowsPerSecond: 3)
        let slot = table.slot(provider: "rents", operation: "search")
        let other = table.slot(provider: "rents", operation: "list")
        var wanted = 0
        for _ in 0..<10 where table.tally(.read(slot: slot, at: 1.5)) { wanted += 1 }
        #expect(wanted == 3)
        let another = table.tally(.read(slot: other, at: 1.5))
        #expect(another, "another operation has a bound of its own")
        let next = table.tally(.read(slot: slot, at: 2))
        #expect(next, "the next second has another")
        let tallies = table.collect()
        #expect(tallies.map(\.figures.count) == [7] && tallies.first?.key == .answered)
        let rest = table.collect()
        #expect(rest.isEmpty)
    }

    @Test("refusals have a bound of their own, and are counted as the caller's beyond it")
    func refusals() {
        var table = TallyTable(rowsPerSecond: 3)
        let slot = table.slot(provider: "rents", operation: "search")
        var wanted = 0
        for _ in 0..<10 where table.tally(.refusal(slot: slot)) { wanted += 1 }
        #expect(wanted == 3)
        let read = table.tally(.read(slot: slot))
        #expect(read, "a flood of refusals hides no read")
        let nowhere = table.tally(.refusal(slot: 0))
        #expect(nowhere, "what is meant for no operation has a bound too")
        let tallies = table.collect()
        #expect(tallies.map(\.key) == [.failedByCaller] && tallies.map(\.figures.count) == [7])
    }

    @Test("with a bound of zero every read is counted, exactly")
    func exactness() {
        var table = TallyTable(rowsPerSecond: 0)
        let slot = table.slot(provider: "rents", operation: "search")
        var expected = CallFigures()
        for number in 0..<5000 {
            let facts = CallFacts.read(slot: slot, at: Double(number) / 100, milliseconds: Double(number % 997))
            #expect(table.tally(facts) == false)
            expected.add(
                totalMicroseconds: facts.totalMicroseconds, providerMicroseconds: facts.providerMicroseconds,
                at: facts.at, wasLimited: false)
        }
        #expect(table.collect() == [Tally(start: .start, key: .answered, figures: expected)])
    }

    @Test("every minute is counted apart; the minute before, seen by a slower clock, is not")
    func minutes() {
        var table = TallyTable(rowsPerSecond: 0)
        let slot = table.slot(provider: "rents", operation: "search")
        for second in [0.0, 59.9, 60, 59.95, 61, 600, 0] { _ = table.tally(.read(slot: slot, at: second)) }
        let tallies = table.collect()
        #expect(tallies.map(\.figures.count) == [2, 3, 1, 1])
        #expect(tallies.map { ($0.start - .start).milliseconds / 60_000 } == [0, 1, 10, 0])
    }

    @Test("records are counted by who failed, and by whether they met a limit")
    func records() {
        var table = TallyTable(rowsPerSecond: 20)
        table.count(.sample(1))
        table.count(.sample(2, outcome: .retried, statuses: [429, 200]))
        table.count(.sample(3, outcome: .failed, who: "provider", statuses: [429, 429]))
        table.count(.sample(4, outcome: .failed, who: "caller"))
        table.count(.sample(5, outcome: .failed, who: "footing"))
        let tallies = table.collect()
        #expect(tallies.map(\.key.who) == [nil, nil, "provider", "caller", "footing"])
        #expect(tallies.map(\.figures.limited) == [0, 1, 1, 0, 0])
        #expect(tallies.allSatisfy { $0.figures.count == 1 && $0.figures.totalMicroseconds == 10_000 })
    }

    @Test("a length that is no number counts as zero, an absurd one traps nothing")
    func absurdLengths() {
        var table = TallyTable(rowsPerSecond: 0)
        for length in [.nan, .infinity, -.infinity, -5, 1e300] as [Double] {
            table.count(.sample(1, milliseconds: length))
        }
        _ = table.tally(CallFacts(slot: 0, at: .start, totalMicroseconds: -7, providerMicroseconds: -7))
        #expect(table.collect().map(\.figures.count).reduce(0, +) == 6)
    }

    @Test("names that callers make up do not fill the memory, and their calls are counted all the same")
    func madeUpNames() {
        var table = TallyTable(rowsPerSecond: 0)
        for number in 0..<10_000 { table.count(.sample(number, provider: "p\(number)")) }
        table.count(.sample(1, provider: "unheard", outcome: .failed, who: "caller", code: "provider_unknown"))
        let tallies = table.collect()
        #expect(tallies.count <= 4098)
        #expect(tallies.map(\.figures.count).reduce(0, +) == 10_001)
        #expect(!tallies.contains { $0.key.provider == "unheard" })
        #expect(table.tally(.read(slot: 99_999)) && table.tally(.read(slot: -1)), "no such slot: the row is wanted")
    }
}
