import Contracts
import GRDB
import Inventory
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

    @Test("what an earlier process had under way is unknown at once when the next one starts")
    func restart() async throws {
        let first = try SQLiteStore.open(path: path)
        _ = try await first.nodeStarted("n_1", at: .at(0), until: .at(10_000))
        _ = try await first.begin(.sample(1, node: "n_1"), mayRepeat: false)
        let second = try SQLiteStore.open(path: path)
        #expect(try await second.unknownIntents().isEmpty, "opening alone, as a command does, changes nothing")
        let lost = try await second.nodeStarted("n_2", at: .at(1), until: .at(10_001))
        #expect(lost.map(\.callID) == ["c_1"])
    }

    @Test("of payments cut off by a crash none is forgotten and none may be sent again")
    func payments() async throws {
        let store = try SQLiteStore.open(path: path)
        _ = try await store.nodeStarted("n_1", at: .at(0), until: .at(10_000))
        for number in 0..<50 {
            let payment = NewIntent.sample(number, key: "k\(number)", node: "n_1", risk: .payment)
            #expect(try await store.begin(payment, mayRepeat: false) == .begun)
            let isAnswered = number.isMultiple(of: 2)
            if isAnswered { _ = try await store.settle(payment.callID, .answered(.created), at: .at(20)) }
            // As a crash at this moment leaves them.
            let copy = try TemporaryFolder()
            for file in ["state.db", "state.db-wal"] { try copy.write(file, folder.read(file)) }
            let next = try SQLiteStore.open(path: copy.file("state.db"))
            let lost = try await next.nodeStarted("n_2", at: .at(30), until: .at(10_030))
            #expect(lost.count == (number + 1) / 2 && lost.contains { $0.callID == payment.callID } == !isAnswered)
            let again = NewIntent.sample(99, key: "k\(number)", node: "n_2", begun: 40, risk: .payment)
            let start = try await next.begin(again, mayRepeat: false)
            #expect(
                start
                    == (isAnswered
                        ? .answered(.created, callID: payment.callID, expires: .at(1010))
                        : .unknown(callID: payment.callID, since: .at(10))))
        }
    }

    @Test("a file of the first form is brought up to date and keeps the writes nobody knows the outcome of")
    func migration() async throws {
        let file = SQLiteFile(
            path: path, applicationID: StateSchema.applicationID, name: "state file",
            migrations: Array(StateSchema.migrations.prefix(1)))
        let pool = try file.openPool(readers: 1)
        try await pool.write { db in
            try db.execute(
                sql: """
                    INSERT INTO intent (key, call, provider, operation, begun, settled, status, body)
                    VALUES ('k1', 'c_1', 'shop', 'create', 5, NULL, NULL, NULL), ('k2', 'c_2', 'shop', 'create', 6, 7, 201, '1');
                    INSERT INTO call (id, at, provider, operation, caller, method, path, status, outcome, tries, total_ms,
                        footing_ms, provider_ms, request_id, drift)
                    VALUES ('c_3', 5, 'shop', 'list', 'anna', 'GET', '/', 200, 'answered', '[[1,5,200,"ok",3.5,0,null]]',
                        4, 1, 3, 'r_1', 0);
                    INSERT INTO call_detail (call, detail) VALUES ('c_3', '{}');
                    """)
        }
        try pool.close()
        let store = try SQLiteStore.open(path: path)
        let unknown = try await store.unknownIntents()
        #expect(unknown.map(\.callID) == ["c_1"] && unknown.first?.risk == .write)
        let call = try #require(try await store.call("c_3"))
        #expect(call.risk == .read && call.tries.map(\.milliseconds) == [3.5])
    }

    @Test("every commit is flushed to the disk, through a write-ahead log")
    func durability() async throws {
        let store = try SQLiteStore.open(path: path)
        let pragmas = try await store.commits.run { db in
            try ["synchronous", "journal_mode", "foreign_keys", "application_id", "user_version"].map {
                try String.fetchOne(db, sql: "PRAGMA \($0)")
            }
        }
        #expect(pragmas == ["2", "wal", "1", String(StateSchema.applicationID), String(StateSchema.migrations.count)])
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
                "SELECT * FROM intent WHERE state = 'unknown' ORDER BY begun LIMIT 5",
                "SELECT call FROM intent WHERE state IN ('answered', 'happened', 'not_happened') AND expires <= 1 LIMIT 5",
                "SELECT id FROM call WHERE at < 5 ORDER BY at LIMIT 5",
            ].map { sql in
                try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql).map { $0["detail"] as String }
                    .joined(separator: "; ")
            }
        }
        for (plan, index) in zip(
            plans,
            [
                "task_by_owner", "task_by_state", "call_by_outcome", "call_by_provider", "intent_unknown",
                "intent_by_expiry", "call_by_time",
            ])
        {
            #expect(plan.contains(index) && !plan.contains("TEMP B-TREE"), "\(plan)")
        }
    }
}
