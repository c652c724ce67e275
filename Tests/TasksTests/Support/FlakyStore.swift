import Contracts
import Store
import Synchronization

/// A store whose disk is full for a while: the next so many commits are refused.
final class FlakyStore: TaskStore {
    private let store: any TaskStore
    private let refusals: Mutex<Int>

    init(_ store: any TaskStore, refusals: Int) {
        self.store = store
        self.refusals = Mutex(refusals)
    }

    func commit(_ lease: Lease, _ commit: TaskCommit, at: Timestamp) async throws -> [JournalEvent] {
        let isRefused = refusals.withLock { left in
            left -= 1
            return left >= 0
        }
        guard !isRefused else { throw StoreError(.full, "The disk is full.") }
        return try await store.commit(lease, commit, at: at)
    }

    func submit(_ task: NewTask, at: Timestamp) async throws -> Submission { try await store.submit(task, at: at) }
    func task(_ id: String) async throws -> TaskRecord? { try await store.task(id) }
    func tasks(_ query: TaskQuery) async throws -> [TaskRecord] { try await store.tasks(query) }
    func taskCounts(now: Timestamp) async throws -> TaskCounts { try await store.taskCounts(now: now) }

    func claim(worker: String, limit: Int, now: Timestamp, leaseUntil: Timestamp) async throws -> [TaskRecord] {
        try await store.claim(worker: worker, limit: limit, now: now, leaseUntil: leaseUntil)
    }

    func nextDue(after now: Timestamp) async throws -> Timestamp? { try await store.nextDue(after: now) }

    func renew(_ leases: [Lease], until: Timestamp) async throws -> [Lease: LeaseStatus] {
        try await store.renew(leases, until: until)
    }

    func steps(_ task: String) async throws -> [StepRecord] { try await store.steps(task) }

    func events(_ task: String, after: Int, limit: Int) async throws -> [JournalEvent] {
        try await store.events(task, after: after, limit: limit)
    }

    func requestCancel(
        _ task: String, by: String, at: Timestamp
    ) async throws -> (TaskRecord, [JournalEvent])? {
        try await store.requestCancel(task, by: by, at: at)
    }
}
