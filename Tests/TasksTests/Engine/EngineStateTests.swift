import Store
import Testing

@testable import Tasks

@Suite struct EngineStateTests {
    private let first = Lease(task: "tk_a", fence: 1)
    private let second = Lease(task: "tk_b", fence: 1)

    @Test("Running tasks take slots and give them back")
    func slots() {
        var state = EngineState(slots: 2)
        _ = state.began(first)
        _ = state.began(second)
        #expect(state.free == 0)
        state.ended(first)
        #expect(state.free == 1)
        #expect(state.leases == [second])
    }

    @Test("A lost lease stops its run, a held one does not")
    func lost() {
        var state = EngineState(slots: 2)
        _ = state.began(first)
        _ = state.began(second)
        #expect(state.heard([first: .lost, second: .held]) == [.stop(first, .lost)])
        #expect(state.heard([first: .lost]) == [], "it is told once")
    }

    @Test("A cancellation reaches the run of its task, and is outranked only by a lost lease")
    func cancel() {
        var state = EngineState(slots: 2)
        _ = state.began(first)
        #expect(state.cancel(task: "tk_b", by: "someone") == [])
        #expect(state.cancel(task: "tk_a", by: "anna") == [.stop(first, .cancelled(by: "anna"))])
        #expect(state.heard([first: .cancelRequested(by: "anna")]) == [])
        #expect(state.release() == [])
        #expect(state.heard([first: .lost]) == [.stop(first, .lost)])
    }

    @Test("A newer run of the same task takes the lease from the older one")
    func takeover() {
        var state = EngineState(slots: 2)
        _ = state.began(first)
        #expect(state.began(Lease(task: "tk_a", fence: 2)) == [.stop(first, .lost)])
    }

    @Test("Draining claims nothing more; what is left is released")
    func drain() {
        var state = EngineState(slots: 2)
        _ = state.began(first)
        state.drain()
        #expect(state.free == 0)
        #expect(!state.isIdle)
        #expect(state.release() == [.stop(first, .released)])
        state.ended(first)
        #expect(state.isIdle)
        #expect(state.free == 0)
    }

    @Test("An engine has at least one slot")
    func oneSlot() {
        #expect(EngineState(slots: -3).free == 1)
    }
}
