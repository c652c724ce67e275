import Store

/// What the engine knows of its runs: who holds a slot, and who was told to stop.
struct EngineState: Sendable {
    private enum Phase {
        case working
        /// Nothing new is claimed.
        case draining
    }

    /// What the engine must do now.
    enum Action: Sendable, Equatable {
        case stop(Lease, RunStop)
    }

    private let slots: Int
    private var phase = Phase.working
    /// Runs by lease, with the reason each was told to stop for.
    private var runs: [Lease: RunStop?] = [:]

    init(slots: Int) {
        self.slots = max(1, slots)
    }

    var isIdle: Bool { runs.isEmpty }
    var leases: [Lease] { Array(runs.keys) }

    /// How many tasks may be claimed now.
    var free: Int {
        switch phase {
        case .working: max(0, slots - runs.count)
        case .draining: 0
        }
    }

    /// A claimed task begins to run. An older run of the same task in this process has lost its lease by that.
    mutating func began(_ lease: Lease) -> [Action] {
        let older = runs.keys.filter { $0.task == lease.task && $0.fence < lease.fence }
        runs.updateValue(nil, forKey: lease)
        return older.flatMap { stop($0, .lost) }
    }

    mutating func ended(_ lease: Lease) {
        runs.removeValue(forKey: lease)
    }

    /// What a heartbeat brought.
    mutating func heard(_ statuses: [Lease: LeaseStatus]) -> [Action] {
        statuses.flatMap { lease, status in
            switch status {
            case .held: [Action]()
            case .cancelRequested(let by): stop(lease, .cancelled(by: by))
            case .lost: stop(lease, .lost)
            }
        }
    }

    mutating func cancel(task: String, by: String) -> [Action] {
        runs.keys.filter { $0.task == task }.flatMap { stop($0, .cancelled(by: by)) }
    }

    /// The leases could not be renewed until they ended.
    mutating func expired(_ leases: [Lease]) -> [Action] {
        leases.flatMap { stop($0, .lost) }
    }

    mutating func drain() {
        phase = .draining
    }

    /// Time is up: what still runs is given back.
    mutating func release() -> [Action] {
        phase = .draining
        return Array(runs.keys).flatMap { stop($0, .released) }
    }

    private mutating func stop(_ lease: Lease, _ reason: RunStop) -> [Action] {
        guard let earlier = runs[lease], reason.outranks(earlier) else { return [] }
        runs.updateValue(reason, forKey: lease)
        return [.stop(lease, reason)]
    }
}
