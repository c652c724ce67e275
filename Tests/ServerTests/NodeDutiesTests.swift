import Contracts
import Gateway
import Inventory
import Logging
import Store
import Synchronization
import TestSupport
import Testing

@testable import Server

@Suite("What a node does by the clock")
struct NodeDutiesTests {
    private let folder: TemporaryFolder
    private let store: SQLiteStore
    private let clock = ManualClock()
    private let purse = Purse()
    private let duties: NodeDuties

    init() throws {
        folder = try TemporaryFolder()
        store = try SQLiteStore.open(path: folder.file("state.db"))
        duties = NodeDuties(
            node: "n_2", store: store, controls: ControlBoard(store: store, clock: clock, ids: SequentialIDs()),
            unsettled: UnsettledWrites(store: store),
            sharing: LimitSharing(node: "n_2", store: store, gates: ProviderGates(), clock: clock) { _ in },
            spending: purse, keep: { Retention(calls: .seconds(3600), counts: .seconds(10 * 86_400)) },
            readiness: Readiness(drain: Drain()),
            clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func begin(_ number: Int, node: String) async throws {
        let intent = NewIntent(
            callID: "c_\(number)", caller: "t_1", callerName: "app", provider: "shop", operation: "charge",
            key: "k\(number)", fingerprint: "f", providerKey: nil, risk: .payment, node: node, begun: clock.now())
        #expect(try await store.begin(intent, mayRepeat: false) == .begun)
    }

    @Test("before the first call it knows the switches, today's costs, and what the last process left open")
    func start() async throws {
        try await begin(1, node: "n_1")
        try await store.disable(ProviderSwitch(provider: "shop", reason: "x", by: "ada", at: clock.now()))
        let spent = Spending(
            tenant: "main", day: Spending.day(of: clock.now()), amount: Money(nanos: 5, currency: "USD"))
        try await store.addSpending([spent])
        try await duties.begin()
        #expect(duties.controls.disabled("shop") != nil)
        #expect(purse.restored == [spent])
        #expect(try await store.unknownIntents().map(\.callID) == ["c_1"])
    }

    @Test("costs are stored every second; what could not be stored comes again")
    func costs() async throws {
        let day = Spending.day(of: clock.now())
        purse.put(Spending(tenant: "main", day: day, amount: Money(nanos: 7, currency: "USD")))
        await duties.tick(1)
        #expect(try await store.spending(day: day).map(\.amount.nanos) == [7])
        #expect(purse.unsaved.isEmpty)
        try store.close()
        purse.put(Spending(tenant: "main", day: day, amount: Money(nanos: 9, currency: "USD")))
        await duties.tick(2)
        #expect(purse.unsaved.map(\.amount.nanos) == [9])
    }

    @Test("a beating node keeps its writes, one that ended leaves none under way")
    func heartbeat() async throws {
        try await duties.begin()
        try await begin(1, node: "n_2")
        for number in 1...60 {
            clock.advance(by: NodeDuties.tick)
            await duties.tick(number)
        }
        #expect(try await store.nodeLives("n_3", at: clock.now(), until: clock.now() + .seconds(15)).isEmpty)
        await duties.end()
        #expect(try await store.unknownIntents().map(\.callID) == ["c_1"])
    }

    @Test("an outcome the store could not keep is settled with a later heartbeat")
    func unsettled() async throws {
        try await duties.begin()
        try await begin(1, node: "n_2")
        duties.unsettled.keep("c_1", .unknown)
        await duties.tick(NodeDuties.beat)
        #expect(duties.unsettled.count == 0)
        #expect(try await store.unknownIntents().count == 1)
    }

    @Test("old calls go by themselves, as the inventory in force says, and the counts of them stay")
    func retention() async throws {
        let old = (1...600).map { CallRecord.sample($0, at: clock.now()) }
        try await store.record(old)
        await duties.tick(1)
        #expect(try await store.calls(CallQuery(limit: 1000)).count == 600)
        clock.advance(by: .seconds(3601))
        try await store.record([CallRecord.sample(601, at: clock.now())])
        await duties.tick(2)
        #expect(try await store.calls(CallQuery(limit: 1000)).count == 601, "looked for every ten seconds")
        await duties.tick(11)
        #expect(try await store.calls(CallQuery(limit: 1000)).map(\.id) == ["c_601"])
    }

    @Test("expired faults, old counts and old costs go; new ones stay")
    func clearing() async throws {
        let key = TallyKey(provider: "shop", operation: "charge", outcome: .answered, who: nil)
        var figures = CallFigures()
        figures.add(totalMicroseconds: 1, providerMicroseconds: 1, at: clock.now(), wasLimited: false)
        let minute = Tally(start: Tally.Period.minute.start(of: clock.now()), key: key, figures: figures)
        try await store.addTallies([minute])
        _ = try await duties.controls.add(
            FaultDraft(provider: "shop", kind: .drop, lifetime: .seconds(60)), by: "ada")
        try await duties.clear()
        #expect(try await store.controls().faults.count == 1)
        clock.advance(by: NodeDuties.minutesKept + .seconds(60))
        try await duties.clear()
        #expect(try await store.controls().faults.isEmpty)
        #expect(try await store.tallies(per: .minute, since: Timestamp(milliseconds: 0)).isEmpty)
        #expect(try await store.tallies(per: .hour, since: Timestamp(milliseconds: 0)).count == 1)
        clock.advance(by: .seconds(10 * 86_400))
        try await duties.clear()
        #expect(try await store.tallies(per: .hour, since: Timestamp(milliseconds: 0)).isEmpty)
    }
}

extension CallRecord {
    fileprivate static func sample(_ number: Int, at moment: Timestamp) -> CallRecord {
        CallRecord(
            id: "c_\(number)", at: moment, provider: "rents", operation: "search", caller: "anna", task: nil, step: nil,
            method: "GET", path: "/", status: 200, outcome: .answered, who: nil, code: nil, tries: [],
            totalMilliseconds: 1, footingMilliseconds: 1, providerMilliseconds: 0, requestID: "r_1", drift: false,
            risk: .read, detail: [:])
    }
}

/// Costs in memory.
private final class Purse: SpendingSource {
    private let state = Mutex<(unsaved: [Spending], restored: [Spending])>(([], []))

    var unsaved: [Spending] { state.withLock { $0.unsaved } }
    var restored: [Spending] { state.withLock { $0.restored } }

    func put(_ amount: Spending) {
        state.withLock { $0.unsaved.append(amount) }
    }

    func takeUnsaved() -> [Spending] {
        state.withLock { state in
            defer { state.unsaved = [] }
            return state.unsaved
        }
    }

    func giveBack(_ amounts: [Spending]) {
        state.withLock { $0.unsaved = amounts + $0.unsaved }
    }

    func restore(_ amounts: [Spending]) {
        state.withLock { $0.restored += amounts }
    }
}
