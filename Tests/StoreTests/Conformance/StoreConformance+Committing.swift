import Contracts
import Store
import Testing

extension StoreConformance {
    static let committing = [
        StoreConformance("a commit numbers its events without gaps and keeps memos and counters") { store in
            let (task, lease) = try await store.running(1)
            let first = try await store.commit(
                lease,
                TaskCommit(
                    events: [NewEvent("task.started", ["attempt": 1]), NewEvent("step.started", ["step": "geocode"])],
                    progress: ["done": 0, "total": 3], callsMade: 2, callsRetried: 1),
                at: .at(10))
            #expect(first.map(\.number) == [2, 3])
            let second = try await store.commit(
                lease,
                TaskCommit(
                    events: [NewEvent("step.finished", ["step": "geocode", "ms": 3.25])],
                    steps: [StepRecord(key: "geocode", result: ["lat": 52.5], finished: .at(11))], callsMade: 1),
                at: .at(11))
            #expect(second.map(\.number) == [4])
            let events = try await store.events(task.id, after: 1, limit: 100)
            #expect(events == first + second)
            #expect(try await store.events(task.id, after: 2, limit: 1).map(\.number) == [3])
            #expect(
                try await store.steps(task.id) == [
                    StepRecord(key: "geocode", result: ["lat": 52.5], finished: .at(11))
                ])
            let stored = try #require(try await store.task(task.id))
            #expect(stored.lastEvent == 4 && stored.callsMade == 3 && stored.callsRetried == 1)
            #expect(stored.progress == ["done": 0, "total": 3] && stored.state == .running)
        },
        StoreConformance("memos come in the order they were made; one made again keeps its place") { store in
            let (task, lease) = try await store.running(1)
            for (key, value) in [("b", 1), ("a[1]", 2), ("a[0]", 3), ("b", 4)] {
                let step = StepRecord(key: key, result: JSONValue(value), finished: .at(2))
                _ = try await store.commit(lease, TaskCommit(steps: [step]), at: .at(2))
            }
            let steps = try await store.steps(task.id)
            #expect(steps.map(\.key) == ["b", "a[1]", "a[0]"] && steps.map(\.result) == [4, 2, 3])
        },
        StoreConformance("a result ends the task and its lease") { store in
            let (task, lease) = try await store.running(1)
            let done = TaskCommit(events: [NewEvent("task.finished")], change: .done(result: ["areas": []]))
            _ = try await store.commit(lease, done, at: .at(20))
            let stored = try #require(try await store.task(task.id))
            #expect(stored.state == .done && stored.finished == .at(20) && stored.result == ["areas": []])
            #expect(stored.leaseUntil == nil && stored.worker == nil && stored.problem == nil)
            await expectStoreError(.leaseLost) { _ = try await store.commit(lease, TaskCommit(), at: .at(21)) }
            #expect(try await store.claim(worker: "w", limit: 9, now: .at(99_999), leaseUntil: .at(99_999)).isEmpty)
        },
        StoreConformance("a problem and a cancellation end the task likewise") { store in
            let (first, failing) = try await store.running(1)
            _ = try await store.commit(failing, TaskCommit(change: .failed(problem: ["code": "x"])), at: .at(2))
            let (second, cancelling) = try await store.running(2)
            _ = try await store.commit(cancelling, TaskCommit(change: .cancelled), at: .at(3))
            let failed = try #require(try await store.task(first.id))
            #expect(failed.state == .failed && failed.problem == ["code": "x"] && failed.result == nil)
            #expect(try await store.task(second.id)?.state == .cancelled)
        },
        StoreConformance("a worker whose task was taken over cannot write any more") { store in
            let (task, old) = try await store.running(1, leaseUntil: .at(100))
            // The lease has run out but nobody has claimed the task: still good.
            _ = try await store.commit(old, TaskCommit(events: [NewEvent("a")]), at: .at(150))
            let taken = try await store.claim(worker: "w2", limit: 1, now: .at(200), leaseUntil: .at(300))
            let new = Lease(task: task.id, fence: try #require(taken.first).fence)
            let late = TaskCommit(
                events: [NewEvent("b")], steps: [StepRecord(key: "s", result: 1, finished: .at(201))],
                change: .done(result: 1), callsMade: 5)
            await expectStoreError(.leaseLost) { _ = try await store.commit(old, late, at: .at(201)) }
            #expect(try await store.task(task.id)?.callsMade == 0)
            #expect(try await store.steps(task.id).isEmpty)
            let events = try await store.commit(new, TaskCommit(events: [NewEvent("c")]), at: .at(202))
            #expect(events.map(\.number) == [3])
        },
        StoreConformance("commits of one lease at once are all numbered, none twice") { store in
            let (task, lease) = try await store.running(1)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...40 {
                    group.addTask {
                        let event = NewEvent("item.finished", ["index": JSONValue(number)])
                        _ = try await store.commit(lease, TaskCommit(events: [event, event]), at: .at(2))
                    }
                }
                try await group.waitForAll()
            }
            let events = try await store.events(task.id, after: 0, limit: 1000)
            #expect(events.map(\.number) == Array(1...81))
            #expect(try await store.task(task.id)?.lastEvent == 81)
        },
        StoreConformance("numbers, text and depth of JSON come back as they went in") { store in
            let (task, lease) = try await store.running(1)
            let number = try #require(JSONNumber(text: "12345678901234567890.123456789012345678901E-7"))
            var deep: JSONValue = .number(number)
            for _ in 0..<900 { deep = .array([deep]) }
            let result: JSONValue = ["deep": deep, "text": "\u{0}\u{7F}\u{2028}😀\r\n\"\\", "empty": [:]]
            _ = try await store.commit(lease, TaskCommit(change: .done(result: result)), at: .at(2))
            #expect(try await store.task(task.id)?.result?.text == result.text)
        },
    ]
}
