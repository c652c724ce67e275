import Inventory
import Store
import Synchronization
import TestSupport
import Testing

@testable import Gateway

/// Nodes with gates of their own over one store, on clocks that differ.
final class SharingWorld: Sendable {
    let folder: TemporaryFolder
    let store: SQLiteStore
    let clock = ManualClock()

    init() throws {
        folder = try TemporaryFolder()
        store = try SQLiteStore.open(path: folder.file("state.db"))
    }

    func node(_ name: String, _ providers: [Provider], clockAhead ahead: Duration = .zero) -> SharingNode {
        SharingNode(name, store: store, providers, clock: SkewedClock(base: clock, ahead: ahead))
    }
}

/// One node, without the calls.
final class SharingNode: Sendable {
    let name: String
    let gates = ProviderGates()
    let link: StoreLink
    let clock: SkewedClock
    let sharing: LimitSharing
    private let ticks = Mutex(0)

    init(_ name: String, store: SQLiteStore, _ providers: [Provider], clock: SkewedClock) {
        self.name = name
        self.clock = clock
        link = StoreLink(store)
        sharing = LimitSharing(node: name, store: link, gates: gates, clock: clock) { _ in }
        gates.adopt(providers)
    }

    /// Begins beside the nodes that live already.
    func begin() async throws {
        try await beat()
        try await sharing.begin()
    }

    func tick() async throws {
        let number = ticks.withLock { ticks in
            ticks += 1
            return ticks
        }
        if number % 5 == 0 { try await beat() }
        try await sharing.tick(number)
    }

    private func beat() async throws {
        if link.isCut { throw StoreLink.Cut() }
        _ = try await link.store.nodeLives(name, at: clock.now(), until: clock.now() + .seconds(15))
    }

    var now: Moment { Moment(clock) }

    func gate(_ provider: String = "rents") throws -> ProviderGate {
        try #require(gates[provider])
    }

    /// How many calls go at once.
    func burst(_ provider: String = "rents", atMost most: Int = 1000) throws -> Int {
        let gate = try gate(provider)
        let slot = gate.slot(of: nil)
        for number in 0..<most {
            guard case .go(let pass) = gate.enter(slot, at: now, patience: .zero) else { return number }
            gate.report(pass, .answered(status: 200, after: .zero), at: now)
            gate.leave(pass, at: now)
        }
        return most
    }
}

/// The way to the store, which can be cut.
final class StoreLink: ShareStore, QuotaStore, PauseStore {
    struct Cut: Error {}

    let store: SQLiteStore
    private let state = Mutex((isCut: false, asked: 0))

    init(_ store: SQLiteStore) {
        self.store = store
    }

    var isCut: Bool {
        get { state.withLock { $0.isCut } }
        set { state.withLock { $0.isCut = newValue } }
    }

    /// Requests so far that write.
    var asked: Int { state.withLock { $0.asked } }

    private func pass(isWrite: Bool) throws {
        try state.withLock { state in
            if state.isCut { throw Cut() }
            if isWrite { state.asked += 1 }
        }
    }

    func leaseShares(
        _ wishes: [ShareWish], node: String, at: Timestamp, until: Timestamp
    ) async throws -> [ShareGrant] {
        try pass(isWrite: true)
        return try await store.leaseShares(wishes, node: node, at: at, until: until)
    }

    func releaseShares(node: String, at: Timestamp) async throws {
        try pass(isWrite: true)
        try await store.releaseShares(node: node, at: at)
    }

    func otherNodes(than node: String, at: Timestamp) async throws -> Int {
        try pass(isWrite: false)
        return try await store.otherNodes(than: node, at: at)
    }

    func removePastShares(before: Timestamp) async throws {}

    func drawQuotas(_ draws: [QuotaDraw]) async throws -> [QuotaGrant] {
        try pass(isWrite: !draws.isEmpty)
        return try await store.drawQuotas(draws)
    }

    func removeQuotas(before day: Int) async throws {}

    func keepPauses(_ pauses: [ProviderPause], at: Timestamp) async throws {
        try pass(isWrite: !pauses.isEmpty)
        try await store.keepPauses(pauses, at: at)
    }

    func pauses(at: Timestamp) async throws -> [ProviderPause] {
        try pass(isWrite: false)
        return try await store.pauses(at: at)
    }
}

/// A node's clock: its wall clock is ahead of the others', or behind.
struct SkewedClock: WallClock {
    let base: ManualClock
    let ahead: Duration

    func now() -> Timestamp { base.now() + ahead }
    func uptime() -> Duration { base.uptime() }
    func sleep(for duration: Duration) async throws { try await base.sleep(for: duration) }
}
