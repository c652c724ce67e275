import Contracts
import Inventory
import Store
import TestSupport
import Testing

@testable import Tasks

@Suite struct CancelTests {
    private static let recipe = Recipe.of(
        "pausing", [.call("before"), .wait("pause", .seconds(60)), .call("after")])

    @Test("A queued task is cancelled at once, and never runs")
    func queued() async throws {
        let world = try World([Self.recipe])
        let id = try await world.submit("pausing")
        let record = try #require(try await world.service.cancel(id, by: "anna"))
        #expect(record.state == .cancelled)
        let calls = CountingCalls()
        try await world.withEngine(calls) { _ in
            let events = try await world.journal(id)
            #expect(events.map(\.type) == ["task.queued", "task.cancelled"])
            #expect(events.last?.fields["by"] == "anna")
            let other = try await world.submit("pausing")
            try await world.event("step.finished", of: other)
        }
        #expect(calls.calls.count == 1)
    }

    @Test("A running step is cancelled at once in the same process")
    func running() async throws {
        let world = try World([Self.recipe])
        let gate = Gate()
        let calls = CountingCalls { _, _ in
            try await gate.pass()
            return .null
        }
        let id = try await world.submit("pausing")
        try await world.withEngine(calls) { _ in
            await gate.arrivals()
            let record = try #require(try await world.service.cancel(id, by: "anna"))
            #expect(record.state == .running)
            #expect(try await world.finished(id).state == .cancelled)
            #expect(try await world.journal(id).last?.type == "task.cancelled")
            let step = try #require(try await world.service.detail(id)?["steps"])
            #expect(step.arrayValue?.map { $0["state"] } == ["cancelled", "cancelled", "cancelled"])
        }
    }

    @Test("A cancellation told to another process reaches the step with the next heartbeat")
    func heartbeat() async throws {
        let world = try World([Self.recipe])
        let gate = Gate()
        let calls = CountingCalls { _, _ in
            try await gate.pass()
            return .null
        }
        let id = try await world.submit("pausing")
        try await world.withEngine(calls) { _ in
            await gate.arrivals()
            let other = try world.reopened([Self.recipe])
            _ = try await other.service.cancel(id, by: "anna")
            await world.clock.waitForSleepers(2)
            world.clock.advance(by: .seconds(3))
            #expect(try await world.finished(id).state == .cancelled)
        }
    }

    @Test("A waiting task is cancelled at once")
    func waiting() async throws {
        let world = try World([Self.recipe])
        let id = try await world.submit("pausing")
        try await world.withEngine(CountingCalls()) { _ in
            while try await world.service.task(id)?.state != .waiting { await Task.yield() }
            #expect(try await world.service.cancel(id, by: "anna")?.state == .cancelled)
            #expect(try await world.journal(id).last?.type == "task.cancelled")
        }
    }

    @Test("A cancellation that came while nobody worked on a running task is met by its next worker")
    func afterCrash() async throws {
        let world = try World([Self.recipe])
        let gate = Gate()
        let id = try await world.submit("pausing")
        let stuck = CountingCalls { _, _ in
            try await gate.pass()
            return .null
        }
        try await world.withEngine(stuck) { _ in await gate.arrivals() }
        _ = try await world.service.cancel(id, by: "anna")
        let calls = CountingCalls()
        try await world.withEngine(calls) { _ in
            let record = try await world.finished(id)
            #expect(record.state == .cancelled)
        }
        #expect(calls.calls.isEmpty)
    }

    @Test("A task that has ended stays as it is, an unknown one is unknown")
    func ended() async throws {
        let world = try World([.of("one", [.call("get")])])
        let id = try await world.submit("one")
        try await world.withEngine(CountingCalls()) { _ in _ = try await world.finished(id) }
        #expect(try await world.service.cancel(id, by: "anna")?.state == .done)
        #expect(try await world.service.cancel("tk_none", by: "anna") == nil)
    }

    @Test("A step that answers in spite of a cancellation does not make the task done")
    func lateAnswer() async throws {
        let world = try World([.of("one", [.call("get")])])
        let gate = Gate()
        let calls = CountingCalls { _, _ in
            try? await Task { try await gate.pass() }.value
            return "late"
        }
        let id = try await world.submit("one")
        try await world.withEngine(calls) { _ in
            await gate.arrivals()
            _ = try await world.service.cancel(id, by: "anna")
            gate.open()
            #expect(try await world.finished(id).state == .cancelled)
        }
    }
}
