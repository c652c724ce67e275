import Contracts
import GRDB
import TestSupport
import Testing

@testable import Store

@Suite("SQLite store")
struct SQLiteStoreTests {
    private let folder: TemporaryFolder
    private var path: String { folder.file("state.db") }

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("it keeps every promise of the store protocols", arguments: StoreConformance.all)
    func conformance(_ promise: StoreConformance) async throws {
        try await promise.check(SQLiteStore.open(path: path))
    }

    @Test("what was acknowledged is there after a store was let go without closing")
    func reopen() async throws {
        var store: SQLiteStore? = try SQLiteStore.open(path: path)
        _ = try await store?.submit(.sample(1, key: "k"), at: .at(0))
        store = nil
        let again = try SQLiteStore.open(path: path)
        #expect(try await again.task(NewTask.sampleID(1))?.state == .queued)
        let same = try await again.submit(.sample(2, key: "k"), at: .at(1))
        #expect(same == .existing(try #require(try await again.task(NewTask.sampleID(1)))))
    }

    @Test("a copy of the files taken in the middle, as a crash leaves them, opens and holds what was acknowledged")
    func crash() async throws {
        let store = try SQLiteStore.open(path: path)
        let (task, lease) = try await store.running(1)
        for number in 0..<100 {
            let step = StepRecord(key: "s[\(number)]", result: 1, finished: .at(2))
            _ = try await store.commit(
                lease, TaskCommit(events: [NewEvent("item.finished")], steps: [step]), at: .at(2))
        }
        let copy = try TemporaryFolder()
        for file in ["state.db", "state.db-wal"] { try copy.write(file, folder.read(file)) }
        let recovered = try SQLiteStore.open(path: copy.file("state.db"))
        #expect(try await recovered.steps(task.id).count == 100)
        #expect(try await recovered.events(task.id, after: 0, limit: 1000).map(\.number) == Array(1...101))
        #expect(try await store.task(task.id) == recovered.task(task.id))
    }

    @Test("two processes may open a new file at once and write to it side by side")
    func twoStores() async throws {
        try await withThrowingTaskGroup(of: Void.self) { [path] group in
            for index in 1...4 {
                group.addTask {
                    let store = try SQLiteStore.open(path: path)
                    for number in 0..<10 { try await store.save(.sample(index * 100 + number)) }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await SQLiteStore.open(path: path).tokens().count == 40)
    }

    @Test("every commit is flushed to the disk, through a write-ahead log")
    func durability() async throws {
        let store = try SQLiteStore.open(path: path)
        let pragmas = try await store.commits.run { db in
            try ["synchronous", "journal_mode", "foreign_keys", "application_id", "user_version"].map {
                try String.fetchOne(db, sql: "PRAGMA \($0)")
            }
        }
        #expect(pragmas == ["2", "wal", "1", String(StateSchema.applicationID), "1"])
    }

    @Test("list queries use their indexes")
    func plans() async throws {
        let store = try SQLiteStore.open(path: path)
        let plans = try await store.read { db in
            try [
                "SELECT * FROM task t WHERE t.owner = 'a' AND t.id < 'b' ORDER BY t.id DESC LIMIT 5",
                "SELECT * FROM task t WHERE t.state = 'queued' ORDER BY t.id LIMIT 5",
                "SELECT * FROM call c WHERE c.outcome = 'failed' AND c.outcome <> 'answered' ORDER BY c.id DESC LIMIT 5",
                "SELECT * FROM call c WHERE c.provider = 'a' ORDER BY c.id DESC LIMIT 5",
                "SELECT at, provider, operation, outcome, who, total_ms FROM call WHERE at >= 1 ORDER BY at DESC LIMIT 5",
            ].map { sql in
                try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql).map { $0["detail"] as String }
                    .joined(separator: "; ")
            }
        }
        for (plan, index) in zip(
            plans,
            ["task_by_owner", "task_by_state", "call_by_outcome", "call_by_provider", "COVERING INDEX call_by_time"])
        {
            #expect(plan.contains(index) && !plan.contains("TEMP B-TREE"), "\(plan)")
        }
    }
}
