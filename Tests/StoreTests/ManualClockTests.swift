import Store
import TestSupport
import Testing

@Suite("The clock of tests")
struct ManualClockTests {
    private let clock = ManualClock()

    @Test("time moves only when it is moved")
    func standsStill() {
        let before = clock.now()
        #expect(clock.now() == before && clock.uptime() == .zero)
        clock.advance(by: .milliseconds(1500))
        #expect(clock.now() - before == .milliseconds(1500) && clock.uptime() == .milliseconds(1500))
        #expect(before.description == "2026-11-24T12:00:00.000Z")
    }

    @Test("sleepers wake when their moment has come, and not before")
    func sleeping() async throws {
        let short = Task { [clock] in try await clock.sleep(for: .seconds(1)) }
        let long = Task { [clock] in try await clock.sleep(for: .seconds(3)) }
        await clock.waitForSleepers(2)
        #expect(clock.nextWake == .seconds(1))
        clock.advance(by: .seconds(1))
        try await short.value
        #expect(clock.nextWake == .seconds(2))
        clock.advance(by: .seconds(2))
        try await long.value
        #expect(clock.nextWake == nil)
    }

    @Test("a cancelled sleeper wakes at once with a cancellation")
    func cancelled() async throws {
        let sleeper = Task { [clock] in try await clock.sleep(for: .seconds(1)) }
        await clock.waitForSleepers()
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        let late = Task { [clock] in
            withUnsafeCurrentTask { $0?.cancel() }
            try await clock.sleep(for: .seconds(1))
        }
        await #expect(throws: CancellationError.self) { try await late.value }
        #expect(clock.nextWake == nil)
    }
}
