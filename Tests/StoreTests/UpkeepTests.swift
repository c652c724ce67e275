import Contracts
import GRDB
import TestSupport
import Testing

@testable import Store

@Suite("Upkeep of SQLite files")
struct UpkeepTests {
    private let folder: TemporaryFolder
    private var path: String { folder.file("state.db") }

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("a copy beside the running store is one file of one moment, with everything that was acknowledged")
    func copy() async throws {
        let store = try SQLiteStore.open(path: path)
        for number in 0..<50 { _ = try await store.submit(.sample(number), at: .at(0)) }
        var steps = 0
        try SQLiteStore.file(path).copy(to: folder.file("copy.db")) { _, _ in steps += 1 }
        _ = try await store.submit(.sample(50), at: .at(0))
        #expect(steps > 0)
        #expect(try folder.names("").filter { $0.hasPrefix("copy") } == ["copy.db"])
        #expect(try folder.permissions("copy.db") == 0o600)
        let copy = try SQLiteStore.open(path: folder.file("copy.db"))
        #expect(try await copy.tasks(TaskQuery(limit: 100)).count == 50)
    }

    @Test("writes under way neither delay a copy nor get into it by half")
    func busyCopy() async throws {
        let store = try SQLiteStore.open(path: path)
        for number in 0..<200 { _ = try await store.submit(.sample(number), at: .at(0)) }
        let folder = folder
        let path = path
        async let copied: Void = {
            try SQLiteStore.file(path).copy(to: folder.file("copy.db")) { _, _ in }
        }()
        for number in 200..<300 { _ = try await store.submit(.sample(number), at: .at(0)) }
        try await copied
        let check = StateFileCheck(path: folder.file("copy.db"))
        #expect(try check.journals().isGood)
        #expect(try check.journals().count >= 200)
        #expect(try SQLiteStore.file(folder.file("copy.db")).links().isGood)
    }

    @Test("a whole state passes every check")
    func whole() async throws {
        let store = try SQLiteStore.open(path: path)
        let (_, lease) = try await store.running(1)
        let event = NewEvent(
            "artifact.published",
            ["name": "a.txt", "sha256": "00", "size": 1, "media_type": "text/plain"])
        _ = try await store.commit(lease, TaskCommit(events: [event]), at: .at(1))
        let file = SQLiteStore.file(path)
        let check = StateFileCheck(path: path)
        #expect(try file.integrity().isGood && file.links().isGood)
        #expect(try check.journals() == FileCheck(count: 1, faults: []))
        #expect(try check.values { _ in }.isGood)
        #expect(try check.values { _ in }.count > 2)
        #expect(try check.published().map(\.name) == ["a.txt"])
        #expect(try check.lastNode() == nil)
        _ = try await store.nodeStarted("n_1", at: .at(0), until: .at(15))
        #expect(try check.lastNode() == .at(15))
    }

    @Test("gaps in journals, values that are not JSON and records without their owner are found, without their content")
    func faults() async throws {
        let store = try SQLiteStore.open(path: path)
        for number in 0..<3 { _ = try await store.submit(.sample(number), at: .at(0)) }
        let ids = (0..<3).map { NewTask.sampleID($0) }
        try store.close()
        let queue = try DatabaseQueue(path: path)
        try await queue.write { db in
            try db.execute(sql: "UPDATE event SET number = 2 WHERE task = ?", arguments: [ids[0]])
            try db.execute(sql: "UPDATE task SET last_event = 7 WHERE id = ?", arguments: [ids[1]])
            try db.execute(
                sql: "UPDATE task_input SET input = '{\"secret\": hunter2' WHERE task = ?", arguments: [ids[2]])
        }
        try await queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA foreign_keys = OFF")
            try db.execute(sql: "INSERT INTO step (task, key, result, finished) VALUES ('tk_gone', 's', '1', 0)")
        }
        try queue.close()
        let check = StateFileCheck(path: path)
        let journals = try check.journals()
        #expect(journals.faults.count == 2)
        #expect(journals.faults.contains { $0.contains(ids[0]) && $0.contains("begins with number 2") })
        #expect(journals.faults.contains { $0.contains(ids[1]) && $0.contains("its row says 7") })
        let values = try check.values { _ in }
        #expect(values.faults.count == 1)
        #expect(values.faults[0].contains("input of task_input") && !values.faults[0].contains("hunter2"))
        #expect(try SQLiteStore.file(path).links().faults.count == 1)
    }

    @Test("what is no state file is refused and left as it is")
    func foreign() throws {
        try folder.write("state.db", "this is not a database, however long it may be")
        let before = try folder.read("state.db")
        #expect(throws: StoreError.self) { try SQLiteStore.file(path).integrity() }
        #expect(throws: StoreError.self) { try SQLiteStore.file(path).copy(to: folder.file("copy.db")) { _, _ in } }
        #expect(try folder.read("state.db") == before)
        #expect(throws: StoreError.self) { try SQLiteStore.file(folder.file("none.db")).format() }
    }

    @Test("vacuum gives the room of removed records back")
    func vacuum() async throws {
        let store = try SQLiteStore.open(path: path)
        for number in 0..<300 { _ = try await store.submit(.sample(number), at: .at(0)) }
        try store.close()
        let queue = try DatabaseQueue(path: path)
        try await queue.write { try $0.execute(sql: "PRAGMA foreign_keys = OFF; DELETE FROM event; DELETE FROM task") }
        try queue.close()
        let room = try SQLiteStore.file(path).vacuum()
        #expect(room.after < room.before)
        #expect(try SQLiteStore.file(path).integrity().isGood)
    }

    @Test("servers hold a state folder together; whoever wants it alone waits for them")
    func lock() throws {
        #expect(!StateLock.isKnown(in: folder.path))
        var one = try StateLock.take(folder.path, for: .serving)
        let other = try StateLock.take(folder.path, for: .serving)
        #expect(one != nil && other != nil)
        #expect(StateLock.isKnown(in: folder.path))
        #expect(try StateLock.take(folder.path, for: .alone) == nil)
        one = nil
        #expect(try StateLock.take(folder.path, for: .alone) == nil)
        withExtendedLifetime(other) {}
    }
}
