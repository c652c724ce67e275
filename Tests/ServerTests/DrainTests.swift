import Inventory
import Logging
import Store
import Synchronization
import TestSupport
import Testing

@testable import Server

@Suite("The way from serving to the end")
struct DrainTests {
    private static let rules = DrainRules(announce: .seconds(5), deadline: .seconds(30))

    @Test("the end is announced, then no more connections are taken, then the deadline comes")
    func order() {
        var machine = DrainMachine(Self.rules)
        #expect(machine.tick(at: .seconds(1)) == .none)
        #expect(machine.signal(at: .seconds(10)) == .announce(.seconds(5)))
        #expect(machine.phase == .announced)
        #expect(machine.tick(at: .seconds(12)) == .wait(.seconds(3)))
        #expect(machine.tick(at: .seconds(15)) == .close(.seconds(25)))
        #expect(machine.phase == .closing)
        #expect(machine.tick(at: .seconds(39)) == .wait(.seconds(1)))
        #expect(machine.tick(at: .seconds(40)) == .endNow(.deadline))
        #expect(machine.phase == .ended)
        #expect(machine.tick(at: .seconds(41)) == .none)
    }

    @Test("without an announcement it closes at once")
    func unannounced() {
        var machine = DrainMachine(.standard(.sandbox))
        #expect(machine.signal(at: .seconds(10)) == .close(.seconds(30)))
        #expect(machine.phase == .closing)
    }

    @Test("the project says how long ending takes; what it does not say suits the environment")
    func rules() {
        #expect(DrainRules(DrainTimes(), .sandbox) == .standard(.sandbox))
        #expect(DrainRules(DrainTimes(), .production) == DrainRules(announce: .seconds(5), deadline: .seconds(30)))
        let given = DrainTimes(announce: .seconds(1), deadline: .seconds(60))
        #expect(DrainRules(given, .sandbox) == DrainRules(announce: .seconds(1), deadline: .seconds(60)))
        let short = DrainRules(DrainTimes(deadline: .seconds(4)), .production)
        #expect(short.announce == .seconds(2), "a short deadline leaves time for calls to end")
    }

    @Test("a second signal ends it at once, a third changes nothing", arguments: [0, 6])
    func second(seconds: Int) {
        var machine = DrainMachine(Self.rules)
        _ = machine.signal(at: .zero)
        _ = machine.tick(at: .seconds(seconds))
        #expect(machine.signal(at: .seconds(seconds)) == .endNow(.secondSignal))
        #expect(machine.signal(at: .seconds(seconds)) == .none)
    }

    @Test("an announcement longer than the deadline ends with it")
    func longAnnouncement() {
        var machine = DrainMachine(DrainRules(announce: .seconds(60), deadline: .seconds(10)))
        #expect(machine.signal(at: .zero) == .announce(.seconds(10)))
        #expect(machine.tick(at: .seconds(10)) == .close(.zero))
        #expect(machine.tick(at: .seconds(10)) == .endNow(.deadline))
    }

    @Test("when nothing is under way any more it has ended")
    func emptied() {
        var machine = DrainMachine(Self.rules)
        machine.emptied()
        #expect(machine.phase == .serving)
        _ = machine.signal(at: .zero)
        _ = machine.tick(at: .seconds(5))
        machine.emptied()
        #expect(machine.phase == .ended)
        #expect(machine.tick(at: .seconds(60)) == .none)
    }

    @Test("phases go forward only, and everybody is told once")
    func phases() {
        let drain = Drain()
        let told = Mutex<[DrainMachine.Phase]>([])
        drain.whenChanged { phase in told.withLock { $0.append(phase) } }
        #expect(!drain.isDraining)
        for phase: DrainMachine.Phase in [.serving, .announced, .announced, .closing, .ended] { drain.enter(phase) }
        #expect(told.withLock { $0 } == [.announced, .closing, .ended])
        #expect(drain.isDraining)
        #expect(drain.phase == .ended)
    }

    @Test("readiness goes red when the end is announced, and when nothing can be stored")
    func readiness() {
        let drain = Drain()
        let readiness = Readiness(drain: drain)
        #expect(readiness.problem == nil)
        readiness.wrote(false)
        #expect(readiness.problem?.code == "store_unwritable")
        #expect(readiness.problem?.status == 503)
        readiness.wrote(true)
        #expect(readiness.problem == nil)
        drain.enter(.announced)
        #expect(readiness.problem?.code == "draining")
    }

    /// What a drain service did.
    private final class Deeds: Sendable {
        let list = Mutex<[String]>([])

        func add(_ deed: String) { list.withLock { $0.append(deed) } }
    }

    @Test("a signal announces, the passing of time shuts down, a second signal ends at once")
    func service() async {
        let clock = ManualClock()
        let drain = Drain()
        let deeds = Deeds()
        let (steps, step) = AsyncStream.makeStream(of: String.self)
        let (signals, signal) = AsyncStream.makeStream(of: Void.self)
        drain.whenChanged { step.yield("\($0)") }
        let service = DrainService(
            Self.rules, drain: drain, inFlight: { 3 }, shutdown: { deeds.add("shutdown") },
            endNow: {
                deeds.add("end now")
                step.yield("end now")
            }, clock: clock, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await service.run(signals) }
            var events = steps.makeAsyncIterator()
            signal.yield()
            #expect(await events.next() == "announced")
            #expect(deeds.list.withLock { $0.isEmpty })
            await clock.waitForSleepers()
            clock.advance(by: .seconds(5))
            #expect(await events.next() == "closing")
            await clock.waitForSleepers()
            #expect(deeds.list.withLock { $0 } == ["shutdown"])
            signal.yield()
            #expect(await events.next() == "ended")
            #expect(await events.next() == "end now")
            tasks.cancelAll()
        }
        #expect(deeds.list.withLock { $0 } == ["shutdown", "end now"])
    }
}
