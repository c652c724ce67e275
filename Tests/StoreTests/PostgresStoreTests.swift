import Contracts
import Inventory
import TestSupport
import Testing

@testable import Store

@Suite("PostgreSQL store", .serialized, .enabled(if: PostgresServer.programs != nil))
struct PostgresStoreTests {
    private let server: PostgresServer

    init() throws {
        server = try #require(PostgresServer.shared)
    }

    @Test("it keeps every promise of the store protocols", arguments: StoreConformance.all)
    func conformance(_ promise: StoreConformance) async throws {
        let store = try await server.store()
        defer { store.close() }
        try await promise.check(store)
    }

    @Test("it keeps them without prepared statements, as behind a pooler", arguments: StoreConformance.committing)
    func unprepared(_ promise: StoreConformance) async throws {
        let store = try await PostgresStore.open(PostgresAddress(server.schema("&footing_prepared=off")))
        defer { store.close() }
        try await promise.check(store)
    }

    @Test("what was acknowledged is there for another node at once")
    func twoNodes() async throws {
        let address = try PostgresAddress(server.schema())
        let (first, second) = (try await PostgresStore.open(address), try await PostgresStore.open(address))
        defer {
            first.close()
            second.close()
        }
        _ = try await first.submit(.sample(1, key: "k"), at: .at(0))
        let same = try await second.submit(.sample(2, key: "k"), at: .at(1))
        #expect(same == .existing(try #require(try await second.task(NewTask.sampleID(1)))))
        let claimed = try await second.claim(worker: "w2", limit: 9, now: .at(2), leaseUntil: .at(9))
        #expect(claimed.map(\.id) == [NewTask.sampleID(1)])
        #expect(try await first.claim(worker: "w1", limit: 9, now: .at(3), leaseUntil: .at(9)).isEmpty)
    }

    @Test("a node that starts takes no living node for dead")
    func livingNodes() async throws {
        let store = try await server.store()
        defer { store.close() }
        _ = try await store.nodeStarted("n_1", at: .at(0), until: .at(10_000))
        _ = try await store.begin(.sample(1, node: "n_1"), mayRepeat: false)
        #expect(try await store.nodeStarted("n_2", at: .at(1), until: .at(10_001)).isEmpty)
        #expect(try await store.nodeLives("n_2", at: .at(10_000), until: .at(20_000)).map(\.callID) == ["c_1"])
    }

    @Test("many nodes claim side by side, and no task goes to two of them")
    func claims() async throws {
        let address = try PostgresAddress(server.schema())
        var stores: [PostgresStore] = []
        for _ in 0..<3 { stores.append(try await PostgresStore.open(address)) }
        defer { for store in stores { store.close() } }
        for number in 1...300 {
            _ = try await stores[number % 3].submit(.sample(number), at: .at(0))
        }
        let ids = try await withThrowingTaskGroup(of: [String].self) { group in
            for (node, store) in stores.enumerated() {
                group.addTask {
                    var ids: [String] = []
                    while true {
                        let claimed = try await store.claim(
                            worker: "w\(node)", limit: 20, now: .at(1), leaseUntil: .at(9))
                        if claimed.isEmpty { return ids }
                        ids += claimed.map(\.id)
                        for task in claimed {
                            let lease = Lease(task: task.id, fence: task.fence)
                            _ = try await store.commit(lease, TaskCommit(change: .done(result: 1)), at: .at(2))
                        }
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(ids.count == 300 && Set(ids).count == 300)
        #expect(try await stores[0].taskCounts(now: .at(3)).doneLastDay == 300)
    }

    @Test("a hint reaches the other nodes, not the one that gives it")
    func hints() async throws {
        let address = try PostgresAddress(server.schema())
        let (first, second) = (try await PostgresStore.open(address), try await PostgresStore.open(address))
        defer {
            first.close()
            second.close()
        }
        var heard = second.hints().makeAsyncIterator()
        #expect(await heard.next() == .everything, "it listens")
        try await first.disable(ProviderSwitch(provider: "shop", reason: "x", by: "ada", at: .at(1)))
        #expect(await heard.next() == .controlsChanged)
        let (task, lease) = try await first.running(1)
        #expect(await heard.next() == .tasksSubmitted)
        _ = try await first.commit(lease, TaskCommit(events: [NewEvent("a")]), at: .at(2))
        #expect(await heard.next() == .journalGrew(task.id))
        _ = try await first.requestCancel(task.id, by: "ada", at: .at(3))
        #expect(await heard.next() == .cancelRequested(task.id))
        second.close()
        #expect(await heard.next() == nil)
    }

    @Test("what waits goes into few transactions")
    func grouping() async throws {
        let store = try await server.store()
        defer { store.close() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...400 {
                group.addTask { _ = try await store.submit(.sample(number), at: .at(0)) }
            }
            try await group.waitForAll()
        }
        #expect(store.tasks.transactions < 200)
        #expect(try await store.taskCounts(now: .at(1)).queued == 400)
    }

    @Test("text that PostgreSQL has no place for is kept without it, and no neighbour suffers")
    func hostile() async throws {
        let store = try await server.store()
        defer { store.close() }
        var task = NewTask.sample(1)
        task.title = "a\u{0}b"
        _ = try await store.submit(task, at: .at(0))
        #expect(try await store.task(task.id)?.title == "a\u{FFFD}b")
    }

    @Test("a database of a newer version is left alone")
    func newer() async throws {
        let address = try PostgresAddress(server.schema())
        let store = try await PostgresStore.open(address)
        defer { store.close() }
        try await store.commits.run { _ = try $0.execute("UPDATE footing_schema SET version = 99") }
        await expectStoreError(.unreadable) { _ = try await PostgresStore.open(address) }
    }

    @Test("many nodes that start at once make the tables once")
    func migrating() async throws {
        let address = try PostgresAddress(server.schema())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...5 {
                group.addTask {
                    let store = try await PostgresStore.open(address)
                    _ = try await store.submit(.sample(number), at: .at(0))
                    store.close()
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("claims and commits use their indexes, however the tables were when they were planned")
    func plans() async throws {
        let store = try await server.store()
        defer { store.close() }
        let statements = [
            TaskStatements.claim(worker: "w", limit: 5, now: .at(0), leaseUntil: .at(1)),
            TaskStatements.commit([TaskUpdate(Lease(task: "a", fence: 1), TaskCommit(), at: .at(0))]),
            TaskStatements.submit([TaskInsertion(.sample(1), at: .at(0))]),
            TaskStatements.renew([Lease(task: "a", fence: 1)], until: .at(0)),
        ]
        for statement in statements {
            let plan = try await store.commits.run { transaction in
                try transaction.run([
                    TaskStatements.planning, PostgresStatement("EXPLAIN " + statement.sql, statement.parameters),
                ])[1].map { $0.optionalText("QUERY PLAN") ?? "" }.joined(separator: "\n")
            }
            #expect(!plan.contains("Seq Scan") && !plan.contains("Hash Join"), "\(plan)")
        }
    }
}
