import Inventory
import Store
import TestSupport
import Testing

@testable import Gateway

/// Nodes come, crash, lose the store and find it again while calls come as they like: no limit is ever exceeded, and
/// nobody waits for ever.
struct SharingSimulation {
    static let rate = 20
    static let burst = 20
    static let places = 6
    static let daily = 300
    /// Two clocks are never further apart than `LimitSharing.margin`.
    private static let skew = -1500...1500
    /// With the five seconds between two renewals, shorter than a lease is relied on.
    private static let outage = Duration.seconds(5)
    private static let step = Duration.milliseconds(100)

    /// One node and what its callers do.
    private final class Actor {
        let node: SharingNode
        let phase: Int
        var demand = 0
        /// When it lost the store.
        var cut: Duration?
        var running: [(pass: GatePass, gate: ProviderGate, ends: Duration)] = []
        var waiting: [(pass: GatePass, due: Duration, gives: Duration)] = []
        /// Since when it has the store and wants a call that it does not get.
        var hungry: Duration?

        init(_ node: SharingNode, phase: Int) {
            self.node = node
            self.phase = phase
        }
    }

    let seed: UInt64
    private let world: SharingWorld
    private var random: SeededRandom
    private var actors: [Actor] = []
    private var names = 0
    /// Uptimes at which calls went, nanoseconds.
    private(set) var paced: [Int64] = []
    private(set) var daily = 0
    private(set) var mostRunning = 0
    private(set) var mostNodes = 0
    private(set) var longestHunger = Duration.zero

    init(seed: UInt64) throws {
        self.seed = seed
        random = SeededRandom(seed: seed)
        world = try SharingWorld()
    }

    private var uptime: Duration { world.clock.uptime() }

    private func providers() -> [Provider] {
        [
            Provider(
                name: "paced",
                limits: Limits(
                    rate: Rate(count: Self.rate, per: .seconds(1)), burst: Self.burst, concurrency: Self.places)),
            Provider(name: "daily", limits: Limits(daily: Self.daily)),
        ]
    }

    mutating func run(seconds: Int) async throws {
        try await join()
        for step in 0..<seconds * 10 {
            world.clock.advance(by: Self.step)
            if step % 20 == 0 { try await change() }
            for actor in actors {
                if step % 10 == actor.phase { try? await actor.node.tick() }
                try act(actor)
            }
            mostRunning = max(mostRunning, actors.reduce(0) { $0 + $1.running.count })
            mostNodes = max(mostNodes, actors.count)
        }
    }

    private mutating func join() async throws {
        names += 1
        let ahead = Duration.milliseconds(Int.random(in: Self.skew, using: &random))
        let node = world.node("n_\(names)", providers(), clockAhead: ahead)
        try await node.begin()
        actors.append(Actor(node, phase: Int.random(in: 0..<10, using: &random)))
    }

    /// Someone comes, crashes, leaves, loses the store or finds it, or has another demand.
    private mutating func change() async throws {
        guard let index = actors.indices.randomElement(using: &random) else { return try await join() }
        let actor = actors[index]
        switch Int.random(in: 0..<12, using: &random) {
        case 0, 1:
            if actors.count < 4 { try await join() }
        case 2:
            actors.remove(at: index)
        case 3:
            try? await actor.node.sharing.end()
            actors.remove(at: index)
        case 4:
            actor.cut = uptime
            actor.node.link.isCut = true
        default:
            actor.demand = [0, 1, 3, 10].randomElement(using: &random) ?? 0
        }
    }

    private mutating func act(_ actor: Actor) throws {
        if let cut = actor.cut, uptime - cut >= Self.outage {
            actor.cut = nil
            actor.node.link.isCut = false
        }
        for call in actor.running where call.ends <= uptime {
            call.gate.leave(call.pass, at: actor.node.now)
        }
        actor.running.removeAll { $0.ends <= uptime }
        let gate = try actor.node.gate("paced")
        for (pass, due, gives) in actor.waiting where due <= uptime {
            decide(gate.confirm(pass, at: actor.node.now, patience: gives - uptime), gate, actor, gives: gives)
        }
        actor.waiting.removeAll { $0.due <= uptime }
        for _ in 0..<actor.demand {
            let patience = Duration.milliseconds([0, 0, 400, 2000].randomElement(using: &random) ?? 0)
            let entry = gate.enter(gate.slot(of: nil), at: actor.node.now, patience: patience)
            decide(entry, gate, actor, gives: uptime + patience)
            let other = try actor.node.gate("daily")
            guard case .go(let pass) = other.enter(other.slot(of: nil), at: actor.node.now, patience: .zero) else {
                continue
            }
            daily += 1
            other.report(pass, .answered(status: 200, after: .zero), at: actor.node.now)
            other.leave(pass, at: actor.node.now)
        }
        if actor.demand == 0 || actor.cut != nil { actor.hungry = nil } else { actor.hungry = actor.hungry ?? uptime }
        if let hungry = actor.hungry { longestHunger = max(longestHunger, uptime - hungry) }
    }

    private mutating func decide(_ entry: ProviderGate.Entry, _ gate: ProviderGate, _ actor: Actor, gives: Duration) {
        guard case .go(let pass) = entry else { return }
        guard pass.wait == .zero else {
            // Rounded up to the next step, as a timer that is late.
            actor.waiting.append((pass, uptime + pass.wait, gives))
            return
        }
        actor.hungry = nil
        paced.append(uptime.nanoseconds)
        gate.report(pass, .answered(status: 200, after: .zero), at: actor.node.now)
        let length = Duration.milliseconds(Int.random(in: 0...400, using: &random))
        actor.running.append((pass, gate, uptime + length))
    }

    /// By how many calls any span of time had too many.
    func excess() -> Double {
        var most = -Double.infinity
        for first in paced.indices {
            for last in paced[first...].indices.prefix(400) {
                let allowed = Double(paced[last] - paced[first]) / 1e9 * Double(Self.rate) + Double(Self.burst)
                most = max(most, Double(last - first + 1) - allowed)
            }
        }
        return most
    }
}

@Suite("Limits that many nodes share, at random")
struct SharingSimulationTests {
    /// The last one is another in every run; what fails names its seed.
    static let seeds: [UInt64] = [1, 2, 3, 7, 50, .random(in: 100...(1 << 40))]

    @Test("no limit is exceeded and nobody starves, whoever comes, crashes or loses the store", arguments: seeds)
    func invariant(seed: UInt64) async throws {
        var simulation = try SharingSimulation(seed: seed)
        try await simulation.run(seconds: 60)
        // A node whose part of the burst is less than a call may have one; those who wait go a step too late, together.
        let late = Double(SharingSimulation.rate) / 10
        #expect(simulation.excess() <= Double(simulation.mostNodes) + late + 0.01, "seed \(seed)")
        #expect(simulation.mostRunning <= SharingSimulation.places, "seed \(seed)")
        #expect(simulation.daily <= SharingSimulation.daily, "seed \(seed)")
        // The lease of a node that had everything when it crashed, and the clocks' difference.
        #expect(simulation.longestHunger <= .seconds(22), "seed \(seed)")
        #expect(simulation.paced.count > 50, "seed \(seed): something happened")
    }
}
