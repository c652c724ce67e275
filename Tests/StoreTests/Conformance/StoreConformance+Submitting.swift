import Contracts
import Store
import Testing

extension StoreConformance {
    static let submitting = [
        StoreConformance("a submitted task is queued, whole, and its journal begins with task.queued") { store in
            let new = NewTask.sample(1)
            let submission = try await store.submit(new, at: .at(5))
            let stored = try #require(try await store.task(new.id))
            #expect(submission == .created(stored))
            #expect(stored.state == .queued && stored.attempt == 0 && stored.fence == 0 && stored.lastEvent == 1)
            #expect(stored.input == new.input && stored.created == .at(5) && stored.owner == "t_anna")
            let events = try await store.events(new.id, after: 0, limit: 10)
            #expect(events.map(\.number) == [1])
            #expect(events.first?.type == "task.queued" && events.first?.at == .at(5))
            #expect(events.first?.fields == ["recipe": "report", "title": "Task 1", "input": new.input])
        },
        StoreConformance("the same key with the same request gives the first task as it is now") { store in
            _ = try await store.submit(.sample(1, key: "k"), at: .at(0))
            _ = try await store.claim(worker: "w", limit: 1, now: .at(1), leaseUntil: .at(9))
            let second = try await store.submit(.sample(2, key: "k"), at: .at(2))
            let first = try #require(try await store.task(NewTask.sampleID(1)))
            #expect(second == .existing(first))
            #expect(first.state == .running)
            #expect(try await store.task(NewTask.sampleID(2)) == nil)
        },
        StoreConformance("the same key with another request is a conflict") { store in
            _ = try await store.submit(.sample(1, key: "k"), at: .at(0))
            let second = try await store.submit(.sample(2, key: "k", hash: "h2"), at: .at(2))
            #expect(second == .conflict(taskID: NewTask.sampleID(1)))
        },
        StoreConformance("a key belongs to its owner") { store in
            _ = try await store.submit(.sample(1, key: "k"), at: .at(0))
            let second = try await store.submit(.sample(2, owner: "t_ben", key: "k", hash: "h2"), at: .at(2))
            let stored = try #require(try await store.task(NewTask.sampleID(2)))
            #expect(second == .created(stored))
        },
        StoreConformance("of many submissions with one key at once, one creates the task") { store in
            let submissions = try await withThrowingTaskGroup(of: Submission.self) { group in
                for number in 1...20 {
                    group.addTask { try await store.submit(.sample(number, key: "k"), at: .at(0)) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let created = submissions.filter { if case .created = $0 { true } else { false } }
            let existing = submissions.filter { if case .existing = $0 { true } else { false } }
            #expect(created.count == 1 && existing.count == 19)
            #expect(try await store.tasks(TaskQuery()).count == 1)
        },
        StoreConformance("an id is taken only once") { store in
            _ = try await store.submit(.sample(1), at: .at(0))
            await expectStoreError(.failed) { _ = try await store.submit(.sample(1), at: .at(1)) }
            #expect(try await store.events(NewTask.sampleID(1), after: 0, limit: 10).count == 1)
        },
        StoreConformance("unknown tasks have no row, no journal and no steps") { store in
            let task = try await store.task("tk_'; DROP TABLE task; --")
            #expect(task == nil)
            #expect(try await store.events("tk_none", after: 0, limit: 10).isEmpty)
            #expect(try await store.steps("tk_none").isEmpty)
        },
    ]
}
