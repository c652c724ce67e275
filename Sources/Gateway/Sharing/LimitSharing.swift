package import Store

/// Shares the limits of providers and callers with the other nodes, through the store, beside the calls.
///
/// Nothing here is on the way of a call: a gate knows what this node has of each limit, and until when. Whoever keeps the
/// time calls `tick` once a second. A node that is alone renews its leases every five seconds and has everything; as soon
/// as there are others, all renew every second and say what they need. The rules are in `docs/limits.md`.
package actor LimitSharing {
    /// How long a lease is good in the store.
    package static let lease = Duration.seconds(15)
    /// How much earlier a node stops to rely on it: clocks of nodes may differ by that much.
    package static let margin = Duration.seconds(3)
    /// Every how many ticks leases are renewed while nobody else is there.
    static let beat = 5

    private let node: String
    private let store: any ShareStore & QuotaStore & PauseStore
    private let gates: ProviderGates
    private let clock: any WallClock
    /// Told how many nodes there are whenever that changes.
    private let whenNodesChange: @Sendable (Int) -> Void
    private var nodes = 1
    /// Leases are to be renewed: stays so until it is done.
    private var isDue = true
    /// The latest pause of each provider that is both here and in the store.
    private var pauses: [String: Timestamp] = [:]

    package init(
        node: String, store: any ShareStore & QuotaStore & PauseStore, gates: ProviderGates, clock: any WallClock,
        whenNodesChange: @escaping @Sendable (Int) -> Void
    ) {
        self.node = node
        self.store = store
        self.gates = gates
        self.clock = clock
        self.whenNodesChange = whenNodesChange
    }

    /// Nodes that lived when last looked, this one included.
    package var livingNodes: Int { nodes }

    /// Before the first call is let in.
    package func begin() async throws {
        try await count(isFirst: true)
        try await renew()
        try await draw()
        try await hear()
    }

    /// What is due in this second; the first is number 1.
    package func tick(_ number: Int) async throws {
        let wereOthers = nodes > 1
        if wereOthers || number % Self.beat == 0 { isDue = true }
        try await count(isFirst: false)
        if isDue || nodes > 1 { try await renew() }
        try await draw()
        try await tell()
        if nodes > 1 { try await hear() }
    }

    /// After the last call.
    package func end() async throws {
        let rests = gates.all.flatMap { $0.rests() }
        _ = try await store.drawQuotas(rests)
        try await store.releaseShares(node: node, at: clock.now())
    }

    private func count(isFirst: Bool) async throws {
        let living = try await store.otherNodes(than: node, at: clock.now()) + 1
        guard living != nodes || isFirst else { return }
        nodes = living
        gates.share(nodes: living)
        whenNodesChange(living)
    }

    /// Leases anew; a second time at once where others wait for what this node uses no longer.
    private func renew() async throws {
        let now = Moment(clock)
        for gate in gates.all { gate.look(at: now) }
        if try await lease(), nodes > 1 { _ = try await lease() }
        isDue = false
    }

    /// - Returns: whether this node has less of something now.
    private func lease() async throws -> Bool {
        let gates = gates.all
        let asked = Moment(clock)
        let wishes = gates.map { $0.wishes() }
        let flat = wishes.flatMap { $0 }
        guard !flat.isEmpty else { return false }
        let answers = try await store.leaseShares(
            flat, node: node, at: asked.wall, until: asked.wall + Self.lease)
        let grants = Dictionary(zip(flat.map(\.name), answers), uniquingKeysWith: { $1 })
        let ends = asked.nanoseconds + (Self.lease - Self.margin).nanoseconds
        let now = Moment(clock)
        for (gate, wishes) in zip(gates, wishes) {
            let own = wishes.compactMap { wish in grants[wish.name].map { (wish.name, $0) } }
            gate.take(Dictionary(own, uniquingKeysWith: { $1 }), ends: ends, nodes: nodes, at: now)
        }
        return zip(flat, answers).contains { $1.part < $0.holds }
    }

    private func draw() async throws {
        let now = Moment(clock)
        let asked = gates.all.map { ($0, $0.draws(at: now)) }.filter { !$1.isEmpty }
        let draws = asked.flatMap { $1 }
        guard !draws.isEmpty else { return }
        var grants = try await store.drawQuotas(draws)[...]
        for (gate, draws) in asked {
            gate.take(Array(zip(draws, grants)))
            grants = grants.dropFirst(draws.count)
        }
    }

    /// Tells the store of pauses that providers asked for.
    private func tell() async throws {
        let now = Moment(clock)
        var new: [ProviderPause] = []
        for gate in gates.all {
            guard let until = gate.longPause(at: now) else { continue }
            // The same pause, computed again, may be off by a little.
            if let known = pauses[gate.provider], until <= known + .seconds(1) { continue }
            new.append(ProviderPause(provider: gate.provider, until: until))
        }
        try await store.keepPauses(new, at: now.wall)
        for pause in new { pauses[pause.provider] = pause.until }
    }

    /// Takes over the pauses that other nodes, or this one before it was started again, were asked for.
    private func hear() async throws {
        let now = Moment(clock)
        pauses = pauses.filter { $0.value > now.wall }
        for pause in try await store.pauses(at: now.wall) where pause.until > pauses[pause.provider] ?? now.wall {
            // Once: how long it may last is this node's to say.
            pauses[pause.provider] = pause.until
            gates[pause.provider]?.take(pauseUntil: pause.until, at: now)
        }
    }
}
