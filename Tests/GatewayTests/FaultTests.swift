import Inventory
import NIOCore
import Store
import Synchronization
import Testing
import Wire

@testable import Gateway

@Suite("Faults that are played in development")
struct FaultTests {
    private static let now = Timestamp(milliseconds: 1_795_521_600_000)

    /// Dice that fall as a test says.
    private final class Dice: Jitter {
        private let throws_: Mutex<[Double]>

        init(_ values: [Double]) {
            throws_ = Mutex(values)
        }

        func next() -> Double {
            throws_.withLock { $0.isEmpty ? 0 : $0.removeFirst() }
        }
    }

    private func rule(
        _ id: String = "f_1", _ kind: FaultRule.Kind = .status(503), operation: String? = nil, rate: Double = 1,
        delay: Duration = .zero, expires: Timestamp? = nil
    ) -> FaultRule {
        FaultRule(
            id: id, provider: "rents", operation: operation, kind: kind, rate: rate, delay: delay, by: "test",
            at: Self.now, expires: expires)
    }

    private func dice(_ rules: [FaultRule], _ values: [Double] = []) -> FaultDice {
        let dice = FaultDice(environment: .sandbox, jitter: Dice(values))
        dice.adopt(rules)
        return dice
    }

    @Test("without rules nothing is played")
    func none() {
        #expect(dice([]).fault(provider: "rents", operation: "search", at: Self.now) == nil)
    }

    @Test("nothing is ever played in production")
    func production() {
        let dice = FaultDice(environment: .production)
        dice.adopt([rule()])
        #expect(dice.fault(provider: "rents", operation: "search", at: Self.now) == nil)
    }

    @Test("a rule hits its provider, and its operation if it names one")
    func matching() {
        let dice = dice([rule(operation: "search")])
        #expect(dice.fault(provider: "rents", operation: "search", at: Self.now)?.id == "f_1")
        #expect(dice.fault(provider: "rents", operation: "create-watch", at: Self.now) == nil)
        #expect(dice.fault(provider: "geocoder", operation: "search", at: Self.now) == nil)
        dice.adopt([rule()])
        #expect(dice.fault(provider: "rents", operation: "undeclared", at: Self.now) != nil)
        dice.adopt([])
        #expect(dice.fault(provider: "rents", operation: "search", at: Self.now) == nil)
    }

    @Test("a rule hits as often as its rate says")
    func rates() {
        let values = [0.19, 0.2, 0.9, 0, 1]
        let dice = dice([rule(rate: 0.2)], values)
        let hits = values.map { _ in dice.fault(provider: "rents", operation: "a", at: Self.now) != nil }
        #expect(hits == [true, false, false, true, false])
    }

    @Test("a rate of nothing never hits, a rate of one always", arguments: [0.0, 0.5, 1.0])
    func extremes(value: Double) {
        #expect(dice([rule(rate: 0)], [value]).fault(provider: "rents", operation: "a", at: Self.now) == nil)
        #expect(dice([rule(rate: 1)], [value]).fault(provider: "rents", operation: "a", at: Self.now) != nil)
        #expect(dice([rule(rate: .nan)], [value]).fault(provider: "rents", operation: "a", at: Self.now) == nil)
    }

    @Test("each rule throws its own dice, and the first that hits is played")
    func several() {
        let dice = dice([rule("f_1", rate: 0.5), rule("f_2", .drop, rate: 0.5)], [0.7, 0.1])
        #expect(dice.fault(provider: "rents", operation: "a", at: Self.now)?.id == "f_2")
    }

    @Test("a rule ends at its time")
    func expiry() {
        let dice = dice([rule(expires: Self.now + .seconds(60))])
        #expect(dice.fault(provider: "rents", operation: "a", at: Self.now + .milliseconds(59_999)) != nil)
        #expect(dice.fault(provider: "rents", operation: "a", at: Self.now + .seconds(60)) == nil)
    }

    @Test("a status is answered in the provider's place, and says that it was played")
    func status() throws {
        let fault = Fault(rule(delay: .seconds(2)))
        guard case .answer(let head, let body) = fault.effect else {
            Issue.record("no answer")
            return
        }
        let name = try #require(FieldName(Fault.field))
        #expect(head.status == 503)
        #expect(head.fields[name] == "f_1")
        #expect(head.fields[.cacheControl] == "no-store")
        #expect(head.length == .exactly(body.readableBytes))
        #expect(String(buffer: body).contains("injected_fault"))
        #expect(fault.delay == .seconds(2))
        #expect(fault.words == "injected fault f_1: 503 after 2000 ms")
    }

    @Test("a status without content has none", arguments: [204, 304])
    func empty(status: Int) {
        guard case .answer(let head, let body) = Fault(rule("f_1", .status(status))).effect else {
            Issue.record("no answer")
            return
        }
        #expect(body.readableBytes == 0)
        #expect(head.length == .exactly(0))
    }

    @Test("a delay asks the provider all the same, a drop does not")
    func delayAndDrop() {
        guard case .goOn = Fault(rule("f_1", .delay, delay: .milliseconds(300))).effect else {
            Issue.record("must go on")
            return
        }
        guard case .close = Fault(rule("f_1", .drop)).effect else {
            Issue.record("must close")
            return
        }
    }

    @Test("garbage is a 200 that is no JSON, truncation one that ends too early")
    func broken() {
        guard case .answer(let head, let body) = Fault(rule("f_1", .garbage)).effect else {
            Issue.record("no answer")
            return
        }
        #expect(head.status == 200)
        #expect(head.length == .exactly(body.readableBytes))
        #expect(String(validating: body.readableBytesView, as: UTF8.self) == nil)
        guard case .cut(let cut, let half) = Fault(rule("f_1", .truncated)).effect else {
            Issue.record("not cut")
            return
        }
        #expect(cut.status == 200)
        #expect((cut.length.known ?? 0) > half.readableBytes)
        #expect(half.readableBytes > 0)
    }

    @Test("every answer of a call that met a fault is marked, once")
    func mark() throws {
        let name = try #require(FieldName(Fault.field))
        var fields: FieldList = [.contentType: "application/json", name: "vendor"]
        Fault(rule()).mark(&fields)
        #expect(fields.values(name) == ["f_1"])
    }
}
