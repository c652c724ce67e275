import Inventory
import Store
import Synchronization
import Testing

@testable import Gateway

@Suite("Places at a provider")
struct PlaceTests {
    private func at(_ seconds: Double) -> Moment {
        Moment(nanoseconds: Int64(seconds * 1e9), wall: Timestamp(milliseconds: 0))
    }

    private func gate(
        concurrency: Int, queue: Int = 100, operations: [String: Int?] = [:]
    ) throws -> ProviderGate {
        let path = try PathTemplate("/a")
        return ProviderGate(
            Provider(
                name: "rents", limits: Limits(concurrency: concurrency, queue: queue),
                operations: operations.keys.sorted().map {
                    let own = operations[$0] ?? nil
                    return Operation(name: $0, method: "GET", path: path, limits: own.map { Limits(concurrency: $0) })
                }))
    }

    private func enter(_ gate: ProviderGate, _ slot: Int = 0) throws -> GatePass {
        guard case .go(let pass) = gate.enter(slot, at: at(1), patience: .zero) else { throw NoPlace() }
        return pass
    }

    private struct NoPlace: Error {}

    /// Who was called, in order.
    private final class Calls: Sendable {
        private let names = Mutex<[String]>([])

        var all: [String] { names.withLock { $0 } }

        func add(_ name: String) -> @Sendable () -> Void {
            { self.names.withLock { $0.append(name) } }
        }
    }

    private func line(
        _ gate: ProviderGate, _ calls: Calls, _ name: String, _ slot: Int = 0
    ) throws -> ProviderGate.Ticket {
        guard case .waiting(let ticket) = gate.line(slot, at: at(1), whenFree: calls.add(name)) else { throw NoPlace() }
        return ticket
    }

    @Test("no more than allowed are under way; who waits is called in order, one for each who leaves")
    func fifo() throws {
        let gate = try gate(concurrency: 2)
        let passes = try (0..<2).map { _ in try enter(gate) }
        #expect(gate.enter(0, at: at(1), patience: .seconds(60)) == .full)
        let calls = Calls()
        for name in ["a", "b", "c"] { _ = try line(gate, calls, name) }
        #expect(calls.all.isEmpty)
        gate.leave(passes[0], at: at(2))
        #expect(calls.all == ["a"])
        #expect(gate.enter(0, at: at(2), patience: .zero) == .full, "the place was handed on, nobody overtakes")
        gate.leave(passes[1], at: at(2))
        #expect(calls.all == ["a", "b"])
        guard case .go(let pass) = gate.admit(0, at: at(2), patience: .zero) else { throw NoPlace() }
        gate.leave(pass, at: at(3))
        #expect(calls.all == ["a", "b", "c"])
        #expect(gate.snapshot(at: at(3)).running == 2)
    }

    @Test("a place that became free in between is taken at once")
    func freeInBetween() throws {
        let gate = try gate(concurrency: 1)
        let pass = try enter(gate)
        gate.leave(pass, at: at(1))
        #expect(gate.line(0, at: at(1), whenFree: {}) == .place)
        #expect(gate.enter(0, at: at(1), patience: .zero) == .full)
        gate.drop(0, at: at(1))
        _ = try enter(gate)
    }

    @Test("who gives up is not called and takes no place away")
    func givingUp() throws {
        let gate = try gate(concurrency: 1)
        let pass = try enter(gate)
        let calls = Calls()
        let first = try line(gate, calls, "a")
        _ = try line(gate, calls, "b")
        #expect(gate.giveUp(first))
        #expect(!gate.giveUp(first))
        gate.leave(pass, at: at(2))
        #expect(calls.all == ["b"])
        #expect(gate.snapshot(at: at(2)).waiting == 0)
    }

    @Test("who gives up too late has the place and gives it back")
    func givingUpLate() throws {
        let gate = try gate(concurrency: 1)
        let pass = try enter(gate)
        let calls = Calls()
        let ticket = try line(gate, calls, "a")
        _ = try line(gate, calls, "b")
        gate.leave(pass, at: at(2))
        #expect(calls.all == ["a"])
        #expect(!gate.giveUp(ticket))
        gate.drop(0, at: at(2))
        #expect(calls.all == ["a", "b"])
    }

    @Test("beyond the bound of the line, calls are refused with the time the line takes")
    func crowded() throws {
        let gate = try gate(concurrency: 1, queue: 2)
        var pass = try enter(gate)
        let calls = Calls()
        for name in ["a", "b"] { _ = try line(gate, calls, name) }
        let soon = ProviderGate.Turn.refused(GateRefusal(.crowded, retryAfter: .seconds(1)))
        #expect(gate.line(0, at: at(1), whenFree: {}) == soon)
        for second in 2..<40 {
            gate.leave(pass, at: at(Double(second) * 10))
            guard case .go(let next) = gate.admit(0, at: at(Double(second) * 10), patience: .zero) else {
                throw NoPlace()
            }
            pass = next
            _ = try line(gate, calls, "x")
        }
        guard case .refused(let refusal) = gate.line(0, at: at(400), whenFree: {}) else { throw NoPlace() }
        let wait = try #require(refusal.retryAfter)
        #expect(wait > .seconds(18) && wait <= .seconds(20), "two in line, ten seconds each: \(wait)")
    }

    @Test("an operation's own places are inside the provider's, and its line holds up nobody else")
    func operations() throws {
        let gate = try gate(concurrency: 3, operations: ["narrow": 1, "wide": nil])
        let (narrow, wide) = (gate.slot(of: "narrow"), gate.slot(of: "wide"))
        let first = try enter(gate, narrow)
        #expect(gate.enter(narrow, at: at(1), patience: .zero) == .full)
        let calls = Calls()
        _ = try line(gate, calls, "narrow", narrow)
        let second = try enter(gate, wide)
        let third = try enter(gate, wide)
        _ = try line(gate, calls, "wide", wide)
        gate.leave(second, at: at(2))
        #expect(calls.all == ["wide"], "the narrow one is first in line but may not go")
        gate.leave(first, at: at(2))
        #expect(calls.all == ["wide", "narrow"])
        gate.leave(third, at: at(3))
        #expect(gate.snapshot(at: at(3)).running == 2)
    }

    @Test("a refusal by the limits gives the place to the next in line")
    func refusedWithPlace() throws {
        let gate = try gate(concurrency: 1)
        let pass = try enter(gate)
        let calls = Calls()
        for name in ["a", "b"] { _ = try line(gate, calls, name) }
        gate.leave(pass, at: at(2))
        gate.switchOff(ProviderSwitch(provider: "rents", reason: "", by: "", at: Timestamp(milliseconds: 0)))
        guard case .refused = gate.admit(0, at: at(2), patience: .zero) else { throw NoPlace() }
        #expect(calls.all == ["a", "b"])
    }

    @Test("when an inventory allows more, those who wait go at once; when it allows less, nobody is thrown out")
    func adopting() throws {
        let gate = try gate(concurrency: 1)
        let pass = try enter(gate)
        let calls = Calls()
        for name in ["a", "b", "c"] { _ = try line(gate, calls, name) }
        gate.adopt(Provider(name: "rents", limits: Limits(concurrency: 3)))
        #expect(calls.all == ["a", "b"])
        gate.adopt(Provider(name: "rents", limits: Limits(concurrency: 1)))
        gate.leave(pass, at: at(2))
        #expect(calls.all == ["a", "b"])
        #expect(gate.snapshot(at: at(2)).running == 2)
        for _ in 0..<2 { gate.drop(0, at: at(2)) }
        #expect(calls.all == ["a", "b", "c"])
    }

    @Test("a line in which everybody gives up but the first stays small, and in order")
    func gaps() {
        var line = WaitLine()
        line.append(0) {}
        for number in 1...100_000 {
            line.append(Int64(number)) {}
            #expect(line.remove(Int64(number)) == true)
        }
        #expect(line.count == 1)
        line.append(200_000) {}
        #expect(line.first == 0)
        #expect(line.removeFirst() != nil)
        #expect(line.first == 200_000)
        #expect(line.removeFirst() != nil)
        #expect(line.removeFirst() == nil)
        #expect(line.remove(200_000) == false)
    }

    @Test("whatever comes in whatever order, places are neither lost nor given out twice", arguments: 0..<20)
    func anyOrder(seed: Int) throws {
        let gate = try gate(concurrency: 4, queue: 6, operations: ["narrow": 2, "wide": nil])
        let slots = [gate.slot(of: "narrow"), gate.slot(of: "wide")]
        var random = Dice(state: UInt64(seed) &+ 1)
        var held: [GatePass] = []
        var places: [Int] = []
        var tickets: [(ticket: ProviderGate.Ticket, name: String, slot: Int)] = []
        let calls = Calls()
        var seen = 0
        for step in 0..<2000 {
            let slot = slots[random.next(2)]
            switch random.next(5) {
            case 0, 1:
                switch gate.enter(slot, at: at(1), patience: .zero) {
                case .go(let pass): held.append(pass)
                case .refused: Issue.record("nothing limits but places")
                case .full:
                    switch gate.line(slot, at: at(1), whenFree: calls.add("\(step)")) {
                    case .place: Issue.record("no place was free")
                    case .waiting(let ticket): tickets.append((ticket, "\(step)", slot))
                    case .refused: #expect(tickets.count == 6)
                    }
                }
            case 2 where !held.isEmpty:
                gate.leave(held.remove(at: random.next(held.count)), at: at(1))
            case 3 where !tickets.isEmpty:
                #expect(gate.giveUp(tickets.remove(at: random.next(tickets.count)).ticket))
            case 4 where !places.isEmpty:
                let slot = places.remove(at: random.next(places.count))
                if random.next(2) == 0 {
                    gate.drop(slot, at: at(1))
                } else if case .go(let pass) = gate.admit(slot, at: at(1), patience: .zero) {
                    held.append(pass)
                }
            default: break
            }
            let all = calls.all
            for name in all[seen...] {
                let index = try #require(tickets.firstIndex { $0.name == name })
                places.append(tickets.remove(at: index).slot)
            }
            seen = all.count
            let snapshot = gate.snapshot(at: at(1))
            #expect(snapshot.running == held.count + places.count)
            #expect(snapshot.running <= 4)
            #expect(snapshot.waiting == tickets.count)
            #expect(snapshot.operations.first { $0.name == "narrow" }?.running ?? 0 <= 2)
        }
    }

    @Test("many threads at once: never more than allowed, everybody has a turn")
    func threads() async throws {
        let gate = try gate(concurrency: 3, queue: 1000)
        let counts = Counts()
        let moment = at(1)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    await withCheckedContinuation { (place: CheckedContinuation<Void, Never>) in
                        switch gate.line(0, at: moment, whenFree: { place.resume() }) {
                        case .place: place.resume()
                        case .waiting: break
                        case .refused: place.resume()
                        }
                    }
                    counts.begin()
                    await Task.yield()
                    counts.end()
                    gate.drop(0, at: moment)
                }
            }
        }
        #expect(counts.highest <= 3)
        #expect(counts.done == 200)
        #expect(gate.snapshot(at: moment).running == 0)
    }
}

/// How many are under way, were at most, and are done.
private final class Counts: Sendable {
    private let state = Mutex((running: 0, highest: 0, done: 0))

    var highest: Int { state.withLock { $0.highest } }
    var done: Int { state.withLock { $0.done } }

    func begin() {
        state.withLock { state in
            state.running += 1
            state.highest = max(state.highest, state.running)
        }
    }

    func end() {
        state.withLock { state in
            state.running -= 1
            state.done += 1
        }
    }
}

/// Random numbers that are the same in every run.
private struct Dice {
    var state: UInt64

    mutating func next(_ sides: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % sides
    }
}
