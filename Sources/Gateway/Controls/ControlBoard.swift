package import Store
import Synchronization

/// What people have set by hand, in memory: switches and faults, written through to the store and read back from it
/// when another node changed them.
package final class ControlBoard: ProviderSwitches, FaultBook {
    private let store: any ControlStore
    private let clock: any WallClock
    private let ids: any IDSource
    private let state = Mutex(ControlState())
    private let changes = Atomic<Int>(0)

    package init(store: any ControlStore, clock: any WallClock, ids: any IDSource) {
        self.store = store
        self.clock = clock
        self.ids = ids
    }

    /// Goes up when a switch or fault changed, here or on another node: whoever keeps a copy looks again.
    package var version: Int { changes.load(ordering: .acquiring) }

    package var switches: [ProviderSwitch] { state.withLock { $0.switches } }

    package func disabled(_ provider: String) -> ProviderSwitch? {
        state.withLock { $0.switches.first { $0.provider == provider } }
    }

    package var faults: [FaultRule] {
        let now = clock.now()
        return state.withLock { $0.faults.filter { $0.isInForce(at: now) } }
    }

    package func disable(_ provider: String, reason: String, by: String) async throws -> ProviderSwitch {
        let entry = ProviderSwitch(provider: provider, reason: reason, by: by, at: clock.now())
        try await store.disable(entry)
        try await read()
        return entry
    }

    package func enable(_ provider: String) async throws -> Bool {
        let wasOff = try await store.enable(provider: provider)
        try await read()
        return wasOff
    }

    package func add(_ fault: FaultDraft, by: String) async throws -> FaultRule {
        let now = clock.now()
        let rule = FaultRule(
            id: ids.next("f_"), provider: fault.provider, operation: fault.operation, kind: fault.kind,
            rate: fault.rate, delay: fault.delay, by: by, at: now, expires: fault.lifetime.map { now + $0 })
        try await store.add(rule)
        try await read()
        return rule
    }

    package func removeFault(_ id: String) async throws -> Bool {
        let wasThere = try await store.removeFault(id)
        try await read()
        return wasThere
    }

    package func removeAllFaults() async throws -> Int {
        let count = try await store.removeFaults(expiredBy: nil)
        try await read()
        return count
    }

    /// Takes over what other nodes changed. Called once a second, and before the first call is let in.
    package func refresh() async throws {
        let known = state.withLock { $0.version }
        if try await store.controlVersion() != known { try await read() }
    }

    private func read() async throws {
        let stored = try await store.controls()
        state.withLock { state in
            // Two reads may overtake each other.
            guard stored.version > state.version else { return }
            state = stored
            changes.add(1, ordering: .releasing)
        }
    }
}

extension FaultRule {
    package func isInForce(at moment: Timestamp) -> Bool {
        expires.map { moment < $0 } ?? true
    }
}
