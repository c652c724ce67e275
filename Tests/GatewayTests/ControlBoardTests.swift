import Store
import TestSupport
import Testing

@testable import Gateway

@Suite("Switches and faults")
struct ControlBoardTests {
    private let folder: TemporaryFolder
    private let store: SQLiteStore
    private let clock = ManualClock()
    private let board: ControlBoard

    init() throws {
        folder = try TemporaryFolder()
        store = try SQLiteStore.open(path: folder.file("state.db"))
        board = ControlBoard(store: store, clock: clock, ids: SequentialIDs())
    }

    @Test("a switch is in force when the person has their answer")
    func atOnce() async throws {
        #expect(board.disabled("shop") == nil)
        let before = board.version
        let entry = try await board.disable("shop", reason: "outage", by: "ada")
        #expect(entry.at == clock.now() && board.disabled("shop") == entry && board.switches == [entry])
        #expect(board.version > before)
        #expect(try await board.enable("shop"))
        #expect(board.disabled("shop") == nil)
        #expect(try await board.enable("shop") == false)
    }

    @Test("what another node changes is taken over with the next look, and only then")
    func otherNode() async throws {
        let other = ControlBoard(store: store, clock: clock, ids: SequentialIDs())
        _ = try await other.disable("shop", reason: "outage", by: "ada")
        #expect(board.disabled("shop") == nil)
        try await board.refresh()
        #expect(board.disabled("shop")?.reason == "outage")
        let version = board.version
        try await board.refresh()
        #expect(board.version == version, "nothing changed: nobody needs to look again")
    }

    @Test("a fault ends by itself, or when it is taken away")
    func faults() async throws {
        let short = try await board.add(
            FaultDraft(provider: "shop", kind: .status(503), rate: 0.2, lifetime: .seconds(10)), by: "ada")
        let long = try await board.add(
            FaultDraft(provider: "shop", operation: "charge", kind: .delay, delay: .seconds(2)), by: "ada")
        #expect(board.faults == [short, long] && short.id != long.id)
        clock.advance(by: .seconds(10))
        #expect(board.faults == [long])
        #expect(try await board.removeFault(long.id))
        #expect(try await board.removeFault(long.id) == false)
        #expect(board.faults.isEmpty)
        _ = try await board.add(FaultDraft(provider: "shop", kind: .drop), by: "ada")
        #expect(try await board.removeAllFaults() == 2)
    }
}
