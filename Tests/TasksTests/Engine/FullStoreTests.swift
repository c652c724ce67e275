import Contracts
import Inventory
import Store
import TestSupport
import Testing

@testable import Tasks

@Suite struct FullStoreTests {
    /// Moves the clock on until `body` is through.
    private func whileTimePasses<Value: Sendable>(
        _ clock: ManualClock, _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    clock.advance(by: .milliseconds(50))
                    await Task.yield()
                }
            }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    @Test("A disk that is full for a while pauses a task, and ends none", arguments: [3, 20])
    func pauses(refusals: Int) async throws {
        let world = try World([.of("one", [.call("get"), .call("again")])])
        let ground = world.seen(through: FlakyStore(world.store, refusals: refusals))
        let engine = TaskEngine(
            ground: ground, calls: CountingCalls(), renderer: world.renderer(),
            options: EngineOptions(maximumAttempts: 99, linger: .zero, storeRetries: 4))
        let id = try await world.submit("one")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await engine.run() }
            let record = try await whileTimePasses(world.clock) { try await world.finished(id) }
            #expect(record.state == .done)
            group.cancelAll()
        }
        let events = try await world.journal(id)
        #expect(events.map(\.number) == Array(1...events.count))
        #expect(events.count { $0.type == "step.finished" } == 2)
    }
}
