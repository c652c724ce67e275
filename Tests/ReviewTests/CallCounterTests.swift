import Store
import TestSupport
import Testing

@testable import Review

@Suite("Figures from counts")
struct CallCounterTests {
    private let folder: TemporaryFolder
    private let store: SQLiteStore
    private let clock = ManualClock()

    init() throws {
        folder = try TemporaryFolder()
        store = try SQLiteStore.open(path: folder.file("state.db"))
    }

    @Test("the last hour holds this minute and the 59 before it, recent is its last quarter")
    func hour() {
        let counter = CallCounter(clock: clock, rowsPerSecond: 0)
        let slot = counter.slot(provider: "rents", operation: "search")
        _ = counter.tally(.read(slot: slot))
        clock.advance(by: .seconds(44 * 60))
        counter.count(.sample(1, outcome: .failed, who: "provider", at: 44 * 60))
        #expect(counter.lastHour().total.count == 2)
        clock.advance(by: .seconds(15 * 60 + 59))
        let figures = counter.lastHour()
        #expect(figures.total.count == 2 && figures.hour("rents").failedByProvider == 1)
        #expect(figures.minutes[0] == HourFigures.Minute(answered: 1))
        #expect(figures.minutes[44] == HourFigures.Minute(failed: 1))
        #expect(figures.recent("rents").count == 0)
        #expect(figures.hour("rents", "search").count == 2 && figures.hour("rents", "list").count == 0)
        clock.advance(by: .seconds(1))
        #expect(counter.lastHour().total.count == 1, "the first minute is over")
    }

    @Test("recent figures leave out operations that are not asked for")
    func recent() {
        let counter = CallCounter(clock: clock, rowsPerSecond: 0)
        counter.count(.sample(1))
        counter.count(.sample(2, operation: "export", milliseconds: 90_000))
        counter.count(.sample(3, provider: "transit"))
        clock.advance(by: .seconds(90))
        let figures = counter.lastHour()
        #expect(figures.recent("rents").count == 2)
        #expect(figures.recent("rents") { $0 != "export" }.percentile(1) == 10)
    }

    @Test("the week forgets its oldest hour, and counts what was long and what met a limit")
    func week() {
        let counter = CallCounter(clock: clock)
        counter.count(.sample(1, milliseconds: 5001))
        counter.count(.sample(2, outcome: .retried, statuses: [429, 200], milliseconds: 5000))
        let week = counter.lastWeek()
        #expect(week.count() == 2 && week.count { $0.outcome == .retried } == 1)
        #expect(week.long { _ in true } == 1 && week.limited { $0.provider == "rents" } == 1)
        clock.advance(by: .seconds(7 * 86_400 - 3600))
        #expect(counter.lastWeek().count() == 2)
        clock.advance(by: .seconds(3600))
        #expect(counter.lastWeek().count() == 0)
    }

    @Test("figures are the same value again while nothing happened, and new once something has")
    func caching() {
        let counter = CallCounter(clock: clock)
        counter.count(.sample(1))
        #expect(counter.lastHour().total.count == 1 && counter.lastWeek().count() == 1)
        #expect(counter.lastHour().total.count == 1 && counter.lastWeek().count() == 1)
        counter.count(.sample(2))
        #expect(counter.lastHour().total.count == 2 && counter.lastWeek().count() == 2)
    }

    @Test("what was saved is there after a restart, and counted once")
    func restart() async throws {
        let first = CallCounter(clock: clock, rowsPerSecond: 0)
        let slot = first.slot(provider: "rents", operation: "search")
        for _ in 0..<100 { _ = first.tally(.read(slot: slot)) }
        #expect(try await first.save(to: store) == 0)
        for _ in 0..<10 { _ = first.tally(.read(slot: slot)) }
        #expect(try await first.save(to: store) == 0)
        #expect(try await first.save(to: store) == 0)
        #expect(first.lastHour().total.count == 110)
        let second = CallCounter(clock: clock)
        try await second.load(from: store)
        #expect(second.lastHour().total == first.lastHour().total)
        #expect(second.lastWeek().count() == 110)
        second.count(.sample(1))
        _ = try await second.save(to: store)
        #expect(try await store.tallies(per: .hour, since: .start).map(\.figures.count) == [111])
    }

    @Test("counts that the store cannot take wait for it")
    func failingStore() async throws {
        let counter = CallCounter(clock: clock)
        counter.count(.sample(1))
        try store.close()
        await #expect(throws: StoreError.self) { try await counter.save(to: store) }
        counter.count(.sample(2))
        let again = try SQLiteStore.open(path: folder.file("state.db"))
        #expect(try await counter.save(to: again) == 0)
        #expect(try await again.tallies(per: .minute, since: .start).map(\.figures.count) == [2])
    }

    @Test("counting from many threads at once loses nothing")
    func threads() async {
        let counter = CallCounter(clock: clock, rowsPerSecond: 5)
        let slot = counter.slot(provider: "rents", operation: "search")
        let wanted = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask { (0..<2000).count { _ in counter.tally(.read(slot: slot)) } }
            }
            return await group.reduce(0, +)
        }
        #expect(wanted == 5)
        #expect(counter.lastHour().total.count == 16_000 - 5)
    }
}
