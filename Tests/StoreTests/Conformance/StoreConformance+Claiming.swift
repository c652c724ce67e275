import Contracts
import Store
import Testing

extension StoreConformance {
    static let claiming = [
        StoreConformance("a claim hands out the oldest tasks and no more than asked for") { store in
            for number in [3, 1, 2] { _ = try await store.submit(.sample(number), at: .at(0)) }
            let claimed = try await store.claim(worker: "w1", limit: 2, now: .at(7), leaseUntil: .at(100))
            #expect(claimed.map(\.id) == [1, 2].map(NewTask.sampleID))
            for task in claimed {
                #expect(task.state == .running && task.attempt == 1 && task.fence == 1 && task.worker == "w1")
                #expect(task.leaseUntil == .at(100) && task.started == .at(7))
            }
            #expect(try await store.task(NewTask.sampleID(1)) == claimed.first)
            #expect(try await store.claim(worker: "w1", limit: 0, now: .at(7), leaseUntil: .at(100)).isEmpty)
        },
        StoreConformance("a running task is handed out again only when its lease has run out") { store in
            let (task, lease) = try await store.running(1, leaseUntil: .at(100))
            #expect(try await store.claim(worker: "w2", limit: 9, now: .at(99), leaseUntil: .at(200)).isEmpty)
            let again = try await store.claim(worker: "w2", limit: 9, now: .at(100), leaseUntil: .at(200))
            #expect(again.map(\.id) == [task.id])
            #expect(again.first?.fruitless == 2)
            #expect(again.first?.attempt == 2 && again.first?.fence == lease.fence + 1)
            #expect(again.first?.worker == "w2" && again.first?.started == task.started)
        },
        StoreConformance("an expired task goes before younger queued ones") { store in
            _ = try await store.running(1, leaseUntil: .at(50))
            _ = try await store.submit(.sample(2), at: .at(2))
            let claimed = try await store.claim(worker: "w2", limit: 1, now: .at(60), leaseUntil: .at(99))
            #expect(claimed.map(\.id) == [NewTask.sampleID(1)])
        },
        StoreConformance("many workers never get the same task") { store in
            for number in 1...60 { _ = try await store.submit(.sample(number), at: .at(0)) }
            let ids = try await withThrowingTaskGroup(of: [String].self) { group in
                for worker in 1...12 {
                    group.addTask {
                        try await store.claim(worker: "w\(worker)", limit: 5, now: .at(1), leaseUntil: .at(9))
                            .map(\.id)
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(ids.count == 60 && Set(ids).count == 60)
        },
        StoreConformance("a heartbeat prolongs what is held and tells what is lost") { store in
            let (_, held) = try await store.running(1, leaseUntil: .at(100))
            let (_, ended) = try await store.running(2, leaseUntil: .at(100))
            _ = try await store.commit(ended, TaskCommit(change: .done(result: 1)), at: .at(5))
            let stale = Lease(task: held.task, fence: held.fence - 1)
            let unknown = Lease(task: "tk_none", fence: 1)
            let statuses = try await store.renew([held, ended, stale, unknown], until: .at(500))
            #expect(statuses == [held: .held, ended: .lost, stale: .lost, unknown: .lost])
            #expect(try await store.task(held.task)?.leaseUntil == .at(500))
            #expect(try await store.claim(worker: "w2", limit: 9, now: .at(499), leaseUntil: .at(900)).isEmpty)
            #expect(try await store.renew([], until: .at(1)).isEmpty)
        },
        StoreConformance("the next due moment is the earliest wake-up or lease end still to come") { store in
            #expect(try await store.nextDue(after: .at(0)) == nil)
            let (_, first) = try await store.running(1, leaseUntil: .at(300))
            #expect(try await store.nextDue(after: .at(0)) == .at(300))
            _ = try await store.running(2, leaseUntil: .at(900))
            _ = try await store.commit(first, TaskCommit(change: .waiting(until: .at(700))), at: .at(2))
            #expect(try await store.nextDue(after: .at(0)) == .at(700))
            #expect(try await store.nextDue(after: .at(700)) == .at(900))
            #expect(try await store.nextDue(after: .at(900)) == nil)
        },
    ]
}
