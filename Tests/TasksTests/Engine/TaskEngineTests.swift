import Contracts
import Inventory
import Logging
import ServiceLifecycle
import Store
import Synchronization
import TestSupport
import Testing

@testable import Tasks

@Suite struct TaskEngineTests {
    @Test("A wait holds no worker, and is neither shortened nor repeated by a restart")
    func wait() async throws {
        let recipe = Recipe.of("pausing", [.call("before"), .wait("pause", .seconds(60)), .call("after")])
        let world = try World([recipe, .of("one", [.call("get")])])
        let calls = CountingCalls()
        let id = try await world.submit("pausing")
        try await world.withEngine(calls, EngineOptions(concurrency: 1)) { _ in
            while try await world.service.task(id)?.state != .waiting { await Task.yield() }
            let steps = try #require(try await world.service.detail(id)?["steps"])
            #expect(steps.arrayValue?.map { $0["state"] } == ["done", "held", "pending"])
            #expect(try await world.finished(try await world.submit("one")).state == .done)
        }
        world.clock.advance(by: .seconds(30))
        let next = try world.reopened([recipe])
        try await next.withEngine(calls) { _ in
            await world.clock.waitForSleepers(2)
            #expect(try await next.service.task(id)?.state == .waiting)
            world.clock.advance(by: .seconds(31))
            let record = try await next.finished(id)
            #expect(record.state == .done)
            #expect(record.attempt == 1, "waiting burns no attempt")
        }
        #expect(calls.calls.map(\.step) == ["before", "get", "after"])
        let events = try await next.journal(id)
        #expect(events.count { $0.type == "step.started" } == 3)
        #expect(events.count { $0.type == "step.finished" } == 3)
        #expect(events.filter { $0.type == "step.finished" }[1].fields["ms"] == 61_000)
    }

    @Test("A thousand queued tasks all end, each call made once")
    func thousand() async throws {
        let world = try World([.of("one", [.call("get"), .transform("add", "1")], result: "${ .steps.add }")])
        let calls = CountingCalls()
        let ids = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<1000 { group.addTask { try await world.submit("one") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(ids).count == 1000)
        try await world.withEngine(calls) { _ in
            for id in ids {
                let record = try await world.finished(id)
                #expect(record.state == .done)
            }
        }
        #expect(calls.calls.count == 1000)
        #expect(Set(calls.calls.map(\.idempotencyKey)).count == 1000)
    }

    @Test("No more tasks run at the same time than there are slots")
    func slots() async throws {
        let world = try World([.of("one", [.call("get")])])
        let gate = Gate()
        let calls = CountingCalls { _, _ in
            try await gate.pass()
            return .null
        }
        for _ in 0..<9 { _ = try await world.submit("one") }
        try await world.withEngine(calls, EngineOptions(concurrency: 3)) { _ in
            await gate.arrivals(3)
            let running = try await world.service.list(TaskQuery(state: .running))
            #expect(running.count == 3)
            gate.open()
            await gate.arrivals(9)
        }
    }

    @Test("An orderly shutdown claims nothing more and lets running tasks end")
    func shutdown() async throws {
        let world = try World([.of("one", [.call("get")])])
        let gate = Gate()
        let calls = CountingCalls { _, _ in
            try await gate.pass()
            return .null
        }
        let id = try await world.submit("one")
        let engine = world.engine(calls)
        let group = serviceGroup(engine)
        async let running: Void = group.run()
        await gate.arrivals()
        await group.triggerGracefulShutdown()
        while !engine.isStopping.load(ordering: .relaxed) { await Task.yield() }
        let late = try await world.submit("one")
        gate.open()
        try await running
        #expect(try await world.service.task(id)?.state == .done)
        #expect(try await world.service.task(late)?.state == .queued)
    }

    @Test("When time is up, running tasks are given back without burning an attempt")
    func release() async throws {
        let world = try World([.of("one", [.call("get")])])
        let gate = Gate()
        let calls = CountingCalls { _, _ in
            try await gate.pass()
            return .null
        }
        let id = try await world.submit("one")
        let group = serviceGroup(world.engine(calls, EngineOptions(grace: .seconds(5))))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            await gate.arrivals()
            await group.triggerGracefulShutdown()
            tasks.addTask {
                while !Task.isCancelled {
                    world.clock.advance(by: .milliseconds(100))
                    await Task.yield()
                }
            }
            try await tasks.next()
            tasks.cancelAll()
        }
        let record = try #require(try await world.service.task(id))
        #expect(record.state == .queued)
        #expect(record.attempt == 0)
        let next = CountingCalls()
        try await world.withEngine(next) { _ in
            let record = try await world.finished(id)
            #expect(record.state == .done)
        }
        #expect(next.calls.count == 1)
    }

    @Test("Engines of several processes share the queue without doing anything twice")
    func twoEngines() async throws {
        let recipe = Recipe.of("one", [.call("get")])
        let world = try World([recipe])
        let other = try world.reopened([recipe])
        let calls = CountingCalls()
        var ids: [String] = []
        for _ in 0..<50 { ids.append(try await world.submit("one")) }
        let options = EngineOptions(reclaimAtStart: false)
        try await other.withEngine(calls, options) { [ids] _ in
            try await world.withEngine(calls, options) { _ in
                for id in ids {
                    while try await world.service.task(id)?.state != .done { await Task.yield() }
                }
            }
        }
        #expect(calls.calls.count == 50)
    }

    private func serviceGroup(_ engine: TaskEngine) -> ServiceGroup {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return ServiceGroup(services: [engine], logger: logger)
    }
}
