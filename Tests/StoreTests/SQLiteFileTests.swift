import GRDB
import TestSupport
import Testing

@testable import Store

@Suite("State files that cannot be used")
struct SQLiteFileTests {
    private let folder: TemporaryFolder
    private var path: String { folder.file("state.db") }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func refusal() -> StoreError? {
        do {
            _ = try SQLiteStore.open(path: path)
            return nil
        } catch {
            return error
        }
    }

    @Test("a file of a newer version is refused with both numbers")
    func newer() async throws {
        let store = try SQLiteStore.open(path: path)
        _ = try await store.commits.run { try $0.execute(sql: "PRAGMA user_version = 99") }
        try store.close()
        let error = try #require(refusal())
        #expect(
            error.code == .unreadable
                && error.reason.contains("format 99, this one knows \(StateSchema.migrations.count)"))
        #expect(error.reason.contains("update Footing"))
    }

    @Test("another program's database is refused and left as it is")
    func foreign() async throws {
        let queue = try DatabaseQueue(path: path)
        try await queue.write { try $0.execute(sql: "CREATE TABLE note (text TEXT)") }
        try queue.close()
        let before = try folder.read("state.db")
        let error = try #require(refusal())
        #expect(error.code == .unreadable && error.reason.contains("another program"))
        #expect(try folder.read("state.db") == before)
    }

    @Test("text, noise and a cut-off header are refused", arguments: ["hello", "SQLite format 3", "\u{0}\u{0}"])
    func noise(_ text: String) throws {
        try folder.write("state.db", text)
        #expect(refusal()?.code == .unreadable)
    }

    @Test("a file with overwritten pages is refused, or its reading reports damage; nothing traps")
    func damaged() async throws {
        let store = try SQLiteStore.open(path: path)
        for number in 1...50 { _ = try await store.submit(.sample(number), at: .at(0)) }
        try store.close()
        var bytes = try folder.read("state.db")
        for index in 4096..<bytes.count where index % 3 != 0 { bytes[index] = 0xA5 }
        try folder.write("state.db", bytes)
        let code = await storeError {
            let store = try SQLiteStore.open(path: path)
            _ = try await store.tasks(TaskQuery())
        }
        #expect(code == .unreadable)
    }

    @Test("a damaged JSON column is an error of that row alone")
    func damagedRow() async throws {
        let store = try SQLiteStore.open(path: path)
        _ = try await store.submit(.sample(1), at: .at(0))
        _ = try await store.submit(.sample(2), at: .at(0))
        _ = try await store.commits.run { db in
            try db.execute(sql: "UPDATE task_input SET input = '{' WHERE task = ?", arguments: [NewTask.sampleID(1)])
        }
        await expectStoreError(.unreadable) { _ = try await store.task(NewTask.sampleID(1)) }
        #expect(try await store.task(NewTask.sampleID(2)) != nil)
    }

    @Test("an empty file becomes a state file; a missing folder is told")
    func emptyAndMissing() throws {
        try folder.write("state.db", "")
        #expect(refusal() == nil)
        do {
            _ = try SQLiteStore.open(path: folder.file("nowhere/state.db"))
            Issue.record("opened")
        } catch {
            #expect(error.code == .unreadable && error.reason.contains("folder"))
        }
    }

    @Test("a new state file and its log are for the owner alone")
    func permissions() async throws {
        let store = try SQLiteStore.open(path: path)
        _ = try await store.submit(.sample(1), at: .at(0))
        for file in ["state.db", "state.db-wal", "state.db-shm"] {
            #expect(try folder.permissions(file) == 0o600)
        }
    }

    @Test("a folder in place of the file is refused")
    func folderInPlace() throws {
        do {
            _ = try SQLiteStore.open(path: folder.path)
            Issue.record("opened")
        } catch {
            #expect(error.code == .unreadable)
        }
    }
}
