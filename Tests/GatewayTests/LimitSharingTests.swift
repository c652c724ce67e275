import Inventory
import Store
import TestSupport
import Testing
import Wire

@testable import Gateway

@Suite("Limits that many nodes share")
struct LimitSharingTests {
    private let world: SharingWorld
    private let rents = Provider(
        name: "rents", limits: Limits(rate: Rate(count: 100, per: .seconds(1)), burst: 100))
    private let desk = Provider(name: "desk", limits: Limits(concurrency: 8))

    init() throws {
        world = try SharingWorld()
    }

    /// Lets some seconds pass, with a tick of each node at the end of each.
    private func pass(_ seconds: Int, _ nodes: SharingNode...) async throws {
        for _ in 0..<seconds {
            world.clock.advance(by: .seconds(1))
            for node in nodes { try? await node.tick() }
        }
    }

    /// Takes places until there is none, and keeps them.
    private func takePlaces(_ node: SharingNode) throws -> [GatePass] {
        let gate = try node.gate("desk")
        var passes: [GatePass] = []
        while case .go(let pass) = gate.enter(gate.slot(of: nil), at: node.now, patience: .zero) {
            passes.append(pass)
        }
        return passes
    }

    private func fields(_ pairs: KeyValuePairs<String, String>) throws -> FieldList {
        var fields = FieldList()
        for (name, value) in pairs { fields.append(try #require(FieldName(name)), value) }
        return fields
    }

    @Test("a node that is alone has everything at once, asks nothing on a call's way, and little beside it")
    func alone() async throws {
        let node = world.node("a", [rents, desk])
        try await node.begin()
        let before = node.link.asked
        #expect(try node.burst() == 100)
        #expect(node.link.asked == before)
        try await pass(10, node)
        #expect(node.link.asked == before + 2)
        #expect(try takePlaces(node).count == 8)
    }

    @Test("a node that joins has its part within three seconds, and all together never have more than there is")
    func joining() async throws {
        let first = world.node("a", [rents, desk])
        try await first.begin()
        let second = world.node("b", [rents, desk])
        try await second.begin()
        #expect(try second.burst() == 0, "all is out")
        try await pass(3, first, second)
        #expect(try first.burst() + second.burst() <= 100)
        #expect(try takePlaces(first).count + takePlaces(second).count == 8)
        try await pass(2, first, second)
        let part = try second.burst()
        #expect((40...60).contains(part))
    }

    @Test("what an idle node does not need goes to the busy one, and comes back when it is needed")
    func demand() async throws {
        let (busy, idle) = (world.node("a", [rents, desk]), world.node("b", [rents, desk]))
        try await busy.begin()
        try await idle.begin()
        for _ in 0..<10 {
            _ = try busy.burst()
            try await pass(1, busy, idle)
        }
        #expect(try busy.burst() > 80)
        for _ in 0..<6 {
            _ = try busy.burst()
            _ = try idle.burst()
            try await pass(1, busy, idle)
        }
        let part = try idle.burst()
        #expect(part > 30)
    }

    @Test("a dead node's part is there again when its lease has ended, that of one that leaves at once")
    func endings() async throws {
        let nodes = (world.node("a", [rents, desk]), world.node("b", [rents, desk]), world.node("c", [rents, desk]))
        try await nodes.0.begin()
        try await nodes.1.begin()
        try await nodes.2.begin()
        try await pass(4, nodes.0, nodes.1, nodes.2)
        // b is not heard of any more.
        try await pass(14, nodes.0, nodes.2)
        #expect(try takePlaces(nodes.0).count + takePlaces(nodes.2).count < 8)
        try await pass(3, nodes.0, nodes.2)
        #expect(try takePlaces(nodes.0).count + takePlaces(nodes.2).count > 0)
        try await nodes.2.sharing.end()
        try await world.store.nodeEnded("c", at: world.clock.now())
        try await pass(1, nodes.0)
        #expect(await nodes.0.sharing.livingNodes == 1)
        #expect(try nodes.0.gate("desk").snapshot(at: nodes.0.now).running + takePlaces(nodes.0).count == 8)
    }

    @Test("a store that is away leaves a node its part for twelve seconds, and then a quarter of it")
    func outage() async throws {
        let (first, second) = (world.node("a", [rents, desk]), world.node("b", [rents, desk]))
        try await first.begin()
        try await second.begin()
        try await pass(5, first, second)
        first.link.isCut = true
        second.link.isCut = true
        try await pass(11, first, second)
        #expect(try first.burst() == 50)
        try await pass(1, first, second)
        #expect(try first.burst() < 13)
        try await pass(60, first, second)
        #expect(try (12...13).contains(first.burst()))
        #expect(try takePlaces(first).count == 1)
        first.link.isCut = false
        second.link.isCut = false
        try await pass(7, first, second)
        #expect(try first.burst() >= 50)
    }

    @Test("a store that is away takes nothing from who was alone")
    func outageAlone() async throws {
        let node = world.node("a", [rents, desk])
        try await node.begin()
        node.link.isCut = true
        try await pass(100, node)
        #expect(try node.burst() == 100)
        #expect(try takePlaces(node).count <= 8)
    }

    @Test("whoever starts after another has no burst that the other may just have had")
    func restart() async throws {
        let before = world.node("a", [rents, desk])
        try await before.begin()
        #expect(try before.burst() == 100)
        _ = try await world.store.nodeStarted("b", at: world.clock.now(), until: world.clock.now() + .seconds(15))
        let after = world.node("b", [rents, desk])
        try await after.begin()
        #expect(try after.burst() == 0)
        world.clock.advance(by: .milliseconds(500))
        #expect(try (49...50).contains(after.burst()))
        try await after.sharing.end()
        world.clock.advance(by: .seconds(2))
        let rested = world.node("c", [rents, desk])
        try await rested.begin()
        #expect(try rested.burst() == 100)
    }

    @Test("a call that waits for its turn goes later when another node has taken a part meanwhile")
    func waiting() async throws {
        let slow = Provider(name: "rents", limits: Limits(rate: Rate(count: 1, per: .seconds(1)), burst: 1))
        let (first, second) = (world.node("a", [slow]), world.node("b", [slow]))
        try await first.begin()
        let gate = try first.gate()
        let slot = gate.slot(of: nil)
        var waits: [GatePass] = []
        for _ in 0..<6 {
            guard case .go(let pass) = gate.enter(slot, at: first.now, patience: .seconds(60)) else { continue }
            waits.append(pass)
        }
        #expect(waits.map(\.wait) == (0..<6).map { .seconds($0) })
        try await second.begin()
        for _ in 0..<5 {
            _ = second.gates["rents"]?.enter(slot, at: second.now, patience: .zero)
            try await pass(1, first, second)
        }
        guard case .go(let again) = gate.confirm(waits[5], at: first.now, patience: .seconds(60)) else {
            Issue.record("refused")
            return
        }
        #expect(again.wait > .seconds(1))
        let entry = gate.confirm(waits[4], at: first.now, patience: .milliseconds(1))
        guard case .refused(let refusal) = entry else {
            Issue.record("goes too early")
            return
        }
        #expect(refusal.reason == .rate && (refusal.retryAfter ?? .zero) > .milliseconds(1))
    }

    @Test("a provider that a new inventory brings is shared from its first call on")
    func reload() async throws {
        let (first, second) = (world.node("a", [rents, desk]), world.node("b", [rents, desk]))
        try await first.begin()
        try await second.begin()
        try await pass(2, first, second)
        let shop = Provider(
            name: "shop", limits: Limits(rate: Rate(count: 10, per: .seconds(1)), concurrency: 4, daily: 100))
        first.gates.adopt([rents, shop])
        second.gates.adopt([rents, shop])
        #expect(try first.burst("shop") + second.burst("shop") == 0)
        try await pass(6, first, second)
        let (ours, theirs) = (try first.burst("shop"), try second.burst("shop"))
        #expect(ours > 0 && theirs > 0 && ours + theirs <= 10)
    }

    @Test("what the provider says is left is shared out")
    func learned() async throws {
        let free = Provider(name: "rents")
        let (first, second) = (world.node("a", [free]), world.node("b", [free]))
        try await first.begin()
        try await second.begin()
        try await pass(1, first, second)
        for node in [first, second] {
            let gate = try node.gate()
            guard case .go(let pass) = gate.enter(gate.slot(of: nil), at: node.now, patience: .zero) else { continue }
            _ = gate.learn(
                try fields(["X-RateLimit-Remaining": "11", "X-RateLimit-Reset": "60"]), status: 429, pass, at: node.now)
        }
        #expect(try first.gate().snapshot(at: first.now).remaining == 6)
        #expect(try second.gate().snapshot(at: second.now).remaining == 6)
    }

    @Test("a pause that the provider asks for holds for all nodes, and over a restart, as long as they allow")
    func pauses() async throws {
        let free = Provider(name: "rents", limits: Limits(hold: .seconds(600)))
        let (first, second) = (world.node("a", [free]), world.node("b", [free]))
        try await first.begin()
        try await second.begin()
        let gate = try first.gate()
        guard case .go(let told) = gate.enter(gate.slot(of: nil), at: first.now, patience: .zero) else { return }
        _ = gate.learn(try fields(["Retry-After": "300"]), status: 429, told, at: first.now)
        try await pass(1, first, second)
        #expect(try second.gate().pause(at: world.clock.uptime()) == .seconds(299))
        let impatient = Provider(name: "rents", limits: Limits(hold: .seconds(10)))
        let third = world.node("c", [impatient])
        try await third.begin()
        #expect(try third.gate().pause(at: world.clock.uptime()) == .seconds(10))
        try await pass(20, third)
        #expect(try third.gate().pause(at: world.clock.uptime()) == .zero, "told once, waited once")
    }
}
