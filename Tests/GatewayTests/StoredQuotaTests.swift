import Inventory
import Store
import TestSupport
import Testing

@testable import Gateway

@Suite("Quotas per day that are stored")
struct StoredQuotaTests {
    private let world: SharingWorld

    init() throws {
        world = try SharingWorld()
    }

    private func rents(_ daily: Int, rate: Int? = nil) -> Provider {
        Provider(
            name: "rents", limits: Limits(rate: rate.map { Rate(count: $0, per: .seconds(1)) }, daily: daily))
    }

    private func tick(_ nodes: SharingNode...) async throws {
        world.clock.advance(by: .seconds(1))
        for node in nodes { try await node.tick() }
    }

    @Test("a node that is alone comes to the last call of the day, and not beyond, over restarts and crashes")
    func restarts() async throws {
        var made = 0
        var lost = 0
        for life in 1...30 {
            let node = world.node("n_\(life)", [rents(1000)])
            _ = try await world.store.nodeStarted(
                node.name, at: world.clock.now(), until: world.clock.now() + .seconds(15))
            try await node.sharing.begin()
            for _ in 0..<life % 4 + 1 {
                made += try node.burst(atMost: 40)
                try await tick(node)
            }
            // Every other one crashes.
            if life % 2 == 0 { try await node.sharing.end() } else { lost += 125 }
            #expect(made <= 1000)
        }
        #expect(made >= 1000 - lost && made > 500)
        let last = world.node("last", [rents(1000)])
        _ = try await world.store.nodeStarted("last", at: world.clock.now(), until: world.clock.now() + .seconds(15))
        try await last.sharing.begin()
        for _ in 0..<100 {
            made += try last.burst(atMost: 40)
            try await tick(last)
        }
        #expect(made <= 1000)
        #expect(try last.gate().snapshot(at: last.now).dailyLeft == 0)
    }

    @Test("after a restart in order nothing is lost")
    func inOrder() async throws {
        let first = world.node("a", [rents(100)])
        try await first.begin()
        #expect(try first.burst(atMost: 5) == 5)
        try await first.sharing.end()
        let second = world.node("a2", [rents(100)])
        try await second.sharing.begin()
        #expect(try second.gate().snapshot(at: second.now).dailyLeft == 95)
    }

    @Test("a burst beyond what is at hand waits for the next look, in order, and goes then")
    func soon() async throws {
        let node = world.node("a", [rents(80)])
        try await node.begin()
        let atHand = try node.burst()
        #expect(atHand == 10)
        let gate = try node.gate()
        guard case .go(let pass) = gate.enter(gate.slot(of: nil), at: node.now, patience: .seconds(5)) else {
            Issue.record("refused though there is something left")
            return
        }
        #expect(pass.wait == .seconds(1))
        try await tick(node)
        guard case .go(let confirmed) = gate.confirm(pass, at: node.now, patience: .seconds(4)) else {
            Issue.record("refused when there was more")
            return
        }
        #expect(confirmed.wait == .zero)
    }

    @Test("with a rate, as much is at hand as the rate lets through until the next look")
    func withRate() async throws {
        let node = world.node("a", [rents(10_000, rate: 20)])
        try await node.begin()
        for _ in 0..<20 {
            #expect(try node.burst() == 20)
            try await tick(node)
        }
        let written = node.link.asked
        for _ in 0..<4 { try await tick(node) }
        #expect(node.link.asked <= written + 1, "an idle node draws nothing")
    }

    @Test("many nodes share a day to its last call, and the last ones are not kept by who is idle")
    func many() async throws {
        let nodes = ["a", "b", "c"].map { world.node($0, [rents(300)]) }
        for node in nodes { try await node.begin() }
        var made = try nodes[1].burst(atMost: 1) + nodes[2].burst(atMost: 1)
        for _ in 0..<120 {
            made += try nodes[0].burst()
            world.clock.advance(by: .seconds(1))
            for node in nodes { try await node.tick() }
        }
        #expect(made == 300)
        let refusal = try nodes[0].gate().enter(
            nodes[0].gate().slot(of: nil), at: nodes[0].now, patience: .seconds(60))
        guard case .refused(let no) = refusal else {
            Issue.record("beyond the day's last call")
            return
        }
        #expect(no.reason == .daily && (no.retryAfter ?? .zero) > .seconds(3600))
    }

    @Test("at midnight a new day is there without a gap")
    func midnight() async throws {
        let node = world.node("a", [rents(300)])
        try await node.begin()
        var made = 0
        for _ in 0..<60 {
            made += try node.burst()
            try await tick(node)
        }
        #expect(made == 300)
        // It is noon and a minute.
        world.clock.advance(by: .seconds(12 * 3600 - 63))
        for _ in 0..<2 { try await tick(node) }
        #expect(try node.burst() == 0)
        world.clock.advance(by: .seconds(1))
        #expect(try node.burst() > 30)
    }

    @Test("another number for the day keeps what was used")
    func reload() async throws {
        let node = world.node("a", [rents(100)])
        try await node.begin()
        #expect(try node.burst(atMost: 9) == 9)
        node.gates.adopt([rents(200)])
        try await tick(node)
        #expect(try node.gate().snapshot(at: node.now).dailyLeft == 191)
        node.gates.adopt([rents(5)])
        try await tick(node)
        #expect(try node.gate().snapshot(at: node.now).dailyLeft == 0)
        #expect(try node.burst() == 0)
    }
}
