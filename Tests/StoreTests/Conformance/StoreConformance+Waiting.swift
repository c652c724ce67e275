import Contracts
import Store
import Testing

extension StoreConformance {
    static let waiting = [
        StoreConformance("a waiting task holds no worker and comes back when due, in the same attempt") { store in
            let (task, lease) = try await store.running(1)
            _ = try await store.commit(lease, TaskCommit(change: .waiting(until: .at(500))), at: .at(2))
            let waiting = try #require(try await store.task(task.id))
            #expect(waiting.state == .waiting && waiting.wakeAt == .at(500) && waiting.worker == nil)
            #expect(waiting.leaseUntil == nil)
            await expectStoreError(.leaseLost) { _ = try await store.commit(lease, TaskCommit(), at: .at(3)) }
            #expect(try await store.renew([lease], until: .at(900)) == [lease: .lost])
            #expect(try await store.claim(worker: "w2", limit: 9, now: .at(499), leaseUntil: .at(999)).isEmpty)
            let due = try await store.claim(worker: "w2", limit: 9, now: .at(500), leaseUntil: .at(999))
            #expect(due.map(\.id) == [task.id])
            #expect(due.first?.attempt == 1 && due.first?.fence == lease.fence + 1 && due.first?.wakeAt == nil)
        },
        StoreConformance("a released task is queued again without burning an attempt") { store in
            let (task, lease) = try await store.running(1)
            _ = try await store.commit(lease, TaskCommit(change: .released), at: .at(2))
            #expect(try await store.task(task.id)?.state == .queued)
            let again = try await store.claim(worker: "w2", limit: 9, now: .at(3), leaseUntil: .at(99))
            #expect(again.map(\.attempt) == [1] && again.map(\.fence) == [2])
            await expectStoreError(.leaseLost) { _ = try await store.commit(lease, TaskCommit(), at: .at(4)) }
        },
        StoreConformance("a task that a cancellation overtook does not go to sleep") { store in
            let (task, lease) = try await store.running(1)
            _ = try await store.requestCancel(task.id, by: "anna", at: .at(2))
            _ = try await store.commit(lease, TaskCommit(change: .waiting(until: .at(90_000))), at: .at(3))
            let due = try await store.claim(worker: "w2", limit: 9, now: .at(3), leaseUntil: .at(99))
            #expect(due.map(\.id) == [task.id] && due.map(\.cancelRequestedBy) == ["anna"])
        },
    ]

    static let cancelling = [
        StoreConformance("cancelling a queued or waiting task ends it at once, with an event") { store in
            let (waiting, lease) = try await store.running(1)
            _ = try await store.commit(lease, TaskCommit(change: .waiting(until: .at(500))), at: .at(2))
            _ = try await store.submit(.sample(2), at: .at(0))
            for (id, last) in [(waiting.id, 2), (NewTask.sampleID(2), 2)] {
                let (task, events) = try #require(try await store.requestCancel(id, by: "anna", at: .at(9)))
                #expect(task.state == .cancelled && task.finished == .at(9) && task.cancelRequestedBy == "anna")
                #expect(events.map(\.number) == [last] && events.first?.type == "task.cancelled")
                #expect(events.first?.fields == ["by": "anna"])
                #expect(try await store.events(id, after: 1, limit: 9) == events)
                #expect(try await store.task(id) == task && task.lastEvent == last)
            }
            #expect(try await store.claim(worker: "w", limit: 9, now: .at(999), leaseUntil: .at(9999)).isEmpty)
        },
        StoreConformance("cancelling a running task marks it, and the heartbeat tells the worker") { store in
            let (task, lease) = try await store.running(1)
            let (marked, events) = try #require(try await store.requestCancel(task.id, by: "anna", at: .at(2)))
            #expect(marked.state == .running && marked.cancelRequestedBy == "anna" && events.isEmpty)
            _ = try await store.requestCancel(task.id, by: "ben", at: .at(3))
            #expect(try await store.renew([lease], until: .at(900)) == [lease: .cancelRequested(by: "anna")])
            _ = try await store.commit(lease, TaskCommit(change: .cancelled), at: .at(4))
            #expect(try await store.task(task.id)?.state == .cancelled)
        },
        StoreConformance("cancelling a finished or unknown task changes nothing") { store in
            let (task, lease) = try await store.running(1)
            _ = try await store.commit(lease, TaskCommit(change: .done(result: 1)), at: .at(2))
            let (same, events) = try #require(try await store.requestCancel(task.id, by: "anna", at: .at(3)))
            #expect(same.state == .done && same.cancelRequestedBy == nil && events.isEmpty)
            #expect(try await store.requestCancel("tk_none", by: "anna", at: .at(3)) == nil)
        },
    ]

    static let listing = [
        StoreConformance("tasks are listed newest first, filtered and page by page") { store in
            for number in 1...6 {
                let owner = number.isMultiple(of: 2) ? "t_ben" : "t_anna"
                _ = try await store.submit(.sample(number, owner: owner, recipe: number > 4 ? "b" : "a"), at: .at(0))
            }
            func ids(_ query: TaskQuery) async throws -> [String] { try await store.tasks(query).map(\.id) }
            #expect(try await ids(TaskQuery()) == [6, 5, 4, 3, 2, 1].map(NewTask.sampleID))
            #expect(try await ids(TaskQuery(limit: 2)) == [6, 5].map(NewTask.sampleID))
            #expect(try await ids(TaskQuery(before: NewTask.sampleID(5), limit: 2)) == [4, 3].map(NewTask.sampleID))
            #expect(try await ids(TaskQuery(owner: "t_ben")) == [6, 4, 2].map(NewTask.sampleID))
            #expect(try await ids(TaskQuery(owner: "t_ben", recipe: "a")) == [4, 2].map(NewTask.sampleID))
            #expect(try await ids(TaskQuery(state: .running)).isEmpty)
            #expect(try await ids(TaskQuery(limit: -1)).isEmpty)
        },
        StoreConformance("counts say how many tasks are open, and how many ended in the last day") { store in
            let day: Int64 = 86_400_000
            let (_, old) = try await store.running(1, leaseUntil: .at(day))
            _ = try await store.commit(old, TaskCommit(change: .done(result: 1)), at: .at(10))
            let (_, done) = try await store.running(2, leaseUntil: .at(day))
            _ = try await store.commit(done, TaskCommit(change: .done(result: 1)), at: .at(1000))
            let (_, failed) = try await store.running(3, leaseUntil: .at(day))
            _ = try await store.commit(failed, TaskCommit(change: .failed(problem: [:])), at: .at(1000))
            let (_, sleeping) = try await store.running(4, leaseUntil: .at(day))
            _ = try await store.commit(sleeping, TaskCommit(change: .waiting(until: .at(day))), at: .at(1000))
            _ = try await store.running(5, leaseUntil: .at(2 * day))
            for number in 6...8 { _ = try await store.submit(.sample(number), at: .at(0)) }
            var expected = TaskCounts()
            (expected.queued, expected.running, expected.waiting) = (3, 1, 1)
            (expected.doneLastDay, expected.failedLastDay) = (1, 1)
            #expect(try await store.taskCounts(now: .at(day + 500)) == expected)
        },
    ]
}
