import Contracts
import Inventory
import Store
import TestSupport
import Testing

@testable import Tasks

@Suite struct CrashTests {
    private static let steps: [RecipeStep] = [
        .call("first"),
        .call("items", with: #"{"path": {"n": "${ .item }"}}"#, forEach: "${ [range(6)] }", concurrency: 2),
        .call("last"),
    ]
    private static let recipe = Recipe.of("long", steps, result: "${ .steps.items | length }")
    /// Waits for leases instead of taking them over at the start.
    private static let patient = EngineOptions(reclaimAtStart: false)

    /// Calls that stop for good at one step.
    private func stuck(at step: String, _ gate: Gate) -> CountingCalls {
        CountingCalls { call, _ in
            if call.step == step { try await gate.pass() }
            return call.input
        }
    }

    @Test("After a crash a task goes on where it was, and nothing finished is done again", arguments: [true, false])
    func goesOn(reclaim: Bool) async throws {
        let world = try World([Self.recipe])
        let gate = Gate()
        let before = stuck(at: "items[3]", gate)
        let id = try await world.submit("long")
        try await world.withEngine(before) { _ in
            await gate.arrivals()
            // The other lane has done all there is for it.
            for try await event in world.service.follow(id) {
                if event.type == "step.progress", event.fields["done"] == 5 { break }
            }
        }
        #expect(try await world.service.task(id)?.state == .running)

        let next = try world.reopened([Self.recipe])
        if !reclaim { world.clock.advance(by: .seconds(11)) }
        let after = CountingCalls()
        try await next.withEngine(after, EngineOptions(reclaimAtStart: reclaim)) { _ in
            let record = try await next.finished(id)
            #expect(record.state == .done)
            #expect(record.result == 6)
            #expect(record.attempt == 2)
        }
        #expect(after.calls.map(\.step) == ["items[3]", "last"])
        #expect(
            after.calls[0].idempotencyKey == before.calls.first { $0.step == "items[3]" }?.idempotencyKey,
            "the repeated call can be recognised")
        let events = try await next.journal(id)
        #expect(events.map(\.number) == Array(1...events.count))
        #expect(events.contains { $0.type == "task.resumed" && $0.fields["attempt"] == 2 })
        #expect(events.count { $0.type == "item.finished" } == 6)
    }

    @Test("A lease that still holds is left alone")
    func patience() async throws {
        let world = try World([Self.recipe])
        let gate = Gate()
        let id = try await world.submit("long")
        try await world.withEngine(stuck(at: "first", gate)) { _ in await gate.arrivals() }
        let after = CountingCalls()
        try await world.reopened([Self.recipe]).withEngine(after, Self.patient) { _ in
            await world.clock.waitForSleepers(2)
            #expect(after.calls.isEmpty)
            world.clock.advance(by: .seconds(11))
            _ = try await world.service.task(id)
            while after.calls.count < 8 { await Task.yield() }
        }
        #expect(after.calls.count == 8)
    }

    @Test("A worker that was paused and comes back can write nothing, and nobody sees what it would have written")
    func fencing() async throws {
        let world = try World([.of("one", [.call("get")])])
        let gate = Gate()
        let id = try await world.submit("one")
        let old = CountingCalls { _, _ in
            // Comes back long after it was given up, and does not even notice that it was told to stop.
            try? await Task { try await gate.pass() }.value
            return "of the old worker"
        }
        try await world.withEngine(old) { _ in
            await gate.arrivals()
            // Time stands still for the process, beyond its lease; another one takes over.
            let later = ManualClock(start: world.clock.now() + .seconds(11))
            let next = try world.reopened([.of("one", [.call("get")])], clock: later)
            let events = try await next.withEngine(CountingCalls { _, _ in "of the new worker" }, Self.patient) { _ in
                try await next.journal(id)
            }
            #expect(events.last?.type == "task.finished")
            gate.open()
            // The old run ends, silently: its engine is idle again and takes the next task.
            #expect(try await world.finished(try await world.submit("one")).state == .done)
            #expect(try await next.journal(id) == events)
            let live = try await world.journal(id)
            #expect(live == events)
        }
        let record = try #require(try await world.service.task(id))
        #expect(record.state == .done)
        #expect(record.attempt == 2)
        #expect(try await world.store.steps(id).map(\.result) == ["of the new worker"])
    }

    @Test("An engine that stood still renews its own leases before it claims from itself")
    func stall() async throws {
        let world = try World([.of("one", [.call("get")])])
        let gate = Gate()
        let calls = stuck(at: "get", gate)
        let id = try await world.submit("one")
        try await world.withEngine(calls) { _ in
            await gate.arrivals()
            world.clock.advance(by: .seconds(60))
            let other = try await world.submit("one")
            await gate.arrivals(2)
            gate.open()
            #expect(try await world.finished(other).attempt == 1)
            #expect(try await world.finished(id).attempt == 1)
        }
        #expect(calls.calls.count == 2)
    }

    @Test("A task during which the server keeps crashing is given up, and the queue goes on")
    func keepsCrashing() async throws {
        let world = try World([.of("one", [.call("get")])])
        let id = try await world.submit("one")
        for attempt in 1...3 {
            let gate = Gate()
            try await world.withEngine(stuck(at: "get", gate), EngineOptions(maximumAttempts: 3)) { _ in
                await gate.arrivals()
            }
            #expect(try await world.service.task(id)?.attempt == attempt)
        }
        let calls = CountingCalls()
        try await world.withEngine(calls, EngineOptions(maximumAttempts: 3)) { _ in
            let record = try await world.finished(id)
            #expect(record.state == .failed)
            #expect(record.problem?["code"] == "task_keeps_crashing")
            #expect(calls.calls.isEmpty)
            #expect(try await world.finished(try await world.submit("one")).state == .done)
        }
    }

    @Test("A task that gets on between crashes is not given up, however often the server dies")
    func crashesWithProgress() async throws {
        let steps = (0..<6).map { RecipeStep.call("s\($0)") }
        let world = try World([.of("long", steps)])
        let id = try await world.submit("long")
        for step in 1..<6 {
            let gate = Gate()
            try await world.withEngine(stuck(at: "s\(step)", gate), EngineOptions(maximumAttempts: 2)) { _ in
                await gate.arrivals()
            }
        }
        try await world.withEngine(CountingCalls(), EngineOptions(maximumAttempts: 2)) { _ in
            let record = try await world.finished(id)
            #expect(record.state == .done && record.attempt == 6)
        }
    }

    @Test("A recipe that changed under a running task is noticed")
    func recipeChanged() async throws {
        let world = try World([Self.recipe])
        let gate = Gate()
        let id = try await world.submit("long")
        try await world.withEngine(stuck(at: "last", gate)) { _ in await gate.arrivals() }
        let changed = Recipe.of("long", Self.steps, fingerprint: "ffffffffffffffff")
        let next = try world.reopened([changed])
        let calls = CountingCalls()
        try await next.withEngine(calls) { _ in
            let record = try await next.finished(id)
            #expect(record.problem?["code"] == "recipe_changed")
            #expect(try await next.finished(try await next.submit("long")).state == .done)
        }
        let gone = try world.reopened([])
        let orphan = try await next.submit("long")
        try await gone.withEngine(calls) { _ in
            let record = try await gone.finished(orphan)
            #expect(record.problem?["code"] == "recipe_changed")
        }
    }

    @Test("Crashes at every call of a task, one after the other, repeat only the call they hit")
    func everywhere() async throws {
        // One item at a time: else another lane may have done the item that is to be hit.
        let steps: [RecipeStep] = [.call("first"), .call("items", forEach: "${ [range(6)] }"), .call("last")]
        let recipe = Recipe.of("long", steps, result: "${ .steps.items | length }")
        let world = try World([recipe])
        let id = try await world.submit("long")
        let keys = ["first"] + (0..<6).map { "items[\($0)]" } + ["last"]
        let options = EngineOptions(maximumAttempts: 100)
        for key in keys {
            let gate = Gate()
            let calls = stuck(at: key, gate)
            try await world.reopened([recipe]).withEngine(calls, options) { _ in await gate.arrivals() }
            #expect(calls.count(of: key) == 1)
        }
        let calls = CountingCalls()
        let last = try world.reopened([recipe])
        try await last.withEngine(calls, options) { _ in
            let record = try await last.finished(id)
            #expect(record.result == 6)
        }
        #expect(calls.calls.map(\.step) == ["last"])
    }
}
