import Contracts
import Inventory
import Logging
import Store
import TestSupport
import Testing

@testable import Review

@Suite("Ledger")
struct LedgerTests {
    private let folder: TemporaryFolder
    private let store: SQLiteStore
    private let lines = LogLines()
    private let ledger: Ledger

    init() throws {
        folder = try TemporaryFolder()
        store = try SQLiteStore.open(path: folder.file("state.db"))
        let lines = lines
        ledger = Ledger(
            store: store, live: LiveHub(), logger: Logger(label: "test") { _ in lines }, clock: ManualClock(),
            rowsPerSecond: 2)
    }

    @Test("failures, retries, writes and payments keep their row and a line; a plain read's line is for debugging")
    func lineLevels() async throws {
        ledger.finished(.sample(1))
        ledger.finished(.sample(2, outcome: .retried))
        ledger.finished(.sample(3, outcome: .failed, who: "provider"))
        ledger.finished(.sample(4, risk: .write))
        ledger.finished(.sample(5, risk: .payment))
        #expect(lines.levels == [.debug, .info, .warning, .info, .info])
        await ledger.flush()
        #expect(try await store.calls(CallQuery()).map(\.id) == ["c_5", "c_4", "c_3", "c_2", "c_1"])
        #expect(ledger.counter.lastHour().total.count == 5)
    }

    @Test("a plain read is either counted by its facts or by its row, never twice")
    func countedOnce() async throws {
        let slot = ledger.slot(provider: "rents", operation: "search")
        for number in 0..<10 where ledger.tally(.read(slot: slot)) { ledger.finished(.sample(number)) }
        await ledger.flush()
        await ledger.saveCounts()
        #expect(try await store.calls(CallQuery()).count == 2)
        #expect(try await store.tallies(per: .minute, since: .start).map(\.figures.count) == [10])
    }

    @Test("a flood of refusals leaves a bounded number of rows and lines, and every one of them is counted")
    func refusals() async throws {
        let slot = ledger.slot(provider: "rents", operation: "search")
        for number in 0..<1000 where ledger.tally(.refusal(slot: slot)) {
            ledger.finished(.sample(number, outcome: .failed, who: "caller", code: "too_many_calls"))
        }
        await ledger.flush()
        await ledger.saveCounts()
        #expect(try await store.calls(CallQuery()).count == 2)
        #expect(lines.levels == [.warning, .warning])
        #expect(try await store.tallies(per: .hour, since: .start).map(\.figures.count) == [1000])
        #expect(ledger.counter.lastHour().total.failed == 1000)
    }
}
