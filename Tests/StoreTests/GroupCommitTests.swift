import Contracts
import GRDB
import TestSupport
import Testing

@testable import Store

@Suite("Group commit")
struct GroupCommitTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func open() throws -> SQLiteStore {
        try SQLiteStore.open(path: folder.file("state.db"))
    }

    @Test("1000 commits of 50 writers are all durable, in fewer transactions")
    func grouping() async throws {
        let store = try open()
        var leases: [Lease] = []
        for number in 1...50 { leases.append(try await store.running(number).1) }
        let before = store.transactions
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lease in leases {
                group.addTask {
                    for number in 0..<20 {
                        let event = NewEvent("item.finished", ["index": JSONValue(number)])
                        _ = try await store.commit(lease, TaskCommit(events: [event], callsMade: 1), at: .at(2))
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(store.transactions - before < 1000)
        try store.close()
        let again = try open()
        for lease in leases {
            #expect(try await again.events(lease.task, after: 0, limit: 100).map(\.number) == Array(1...21))
            #expect(try await again.task(lease.task)?.callsMade == 20)
        }
    }

    @Test("an operation that fails does not undo its neighbours in the transaction")
    func neighbours() async throws {
        let store = try open()
        let (task, lease) = try await store.running(1)
        let stale = Lease(task: lease.task, fence: 0)
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let commit = TaskCommit(events: [NewEvent("item.finished")], callsMade: 1)
                    let code = await storeError {
                        _ = try await store.commit(number.isMultiple(of: 2) ? lease : stale, commit, at: .at(2))
                    }
                    return code == .leaseLost
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0 } == 50)
        #expect(try await store.task(task.id)?.callsMade == 50)
        #expect(try await store.events(task.id, after: 0, limit: 1000).map(\.number) == Array(1...51))
    }

    @Test("a full disk fails what does not fit, in words, and the store works again once there is room")
    func full() async throws {
        let store = try open()
        let (task, lease) = try await store.running(1)
        let pages = try await store.commits.run { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 }
        _ = try await store.commits.run { try $0.execute(sql: "PRAGMA max_page_count = \(pages + 8)") }
        let large = JSONValue.string(String(repeating: "x", count: 200_000))
        do {
            _ = try await store.commit(
                lease, TaskCommit(events: [NewEvent("a")], change: .done(result: large)), at: .at(2))
            Issue.record("it fitted")
        } catch let error as StoreError {
            #expect(error.code == .full && error.reason.contains("free some space"))
        }
        #expect(try await store.task(task.id)?.state == .running)
        #expect(try await store.events(task.id, after: 0, limit: 10).count == 1)
        // Something small still fits.
        #expect(try await store.commit(lease, TaskCommit(events: [NewEvent("b")]), at: .at(3)).map(\.number) == [2])
        var rows = CallRecord.sample(1)
        rows.detail = ["body": large]
        await expectStoreError(.full) { [rows] in try await store.record([rows]) }
        _ = try await store.commits.run { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
        try await store.record([rows])
        _ = try await store.commit(lease, TaskCommit(change: .done(result: large)), at: .at(4))
        #expect(try await store.task(task.id)?.result == large)
    }

    @Test("a commit lands whole although its caller was cancelled")
    func cancelled() async throws {
        let store = try open()
        let (task, lease) = try await store.running(1)
        let writer = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await store.commit(lease, TaskCommit(events: [NewEvent("a"), NewEvent("b")]), at: .at(2))
        }
        #expect(try await writer.value.count == 2)
        #expect(try await store.task(task.id)?.lastEvent == 3)
    }

    @Test("after closing, reads and writes are errors")
    func closed() async throws {
        let store = try open()
        try store.close()
        await expectStoreError(.failed) { _ = try await store.submit(.sample(1), at: .at(0)) }
        await expectStoreError(.failed) { _ = try await store.tasks(TaskQuery()) }
        await expectStoreError(.failed) { try await store.record([.sample(1)]) }
    }
}
