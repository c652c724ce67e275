import NIOCore
import Testing

@testable import Gateway

@Suite("HTTP client: who gets which connection")
struct ClientPoolTests {
    private final class Connection {}
    private final class Multiplexer {}
    private final class Waiter {}
    private typealias State = PoolState<Connection, Multiplexer, Waiter>

    private func state(kept: Int = 2, limit: Int = 3, _ speech: State.Speech = .http1) -> State {
        State(kept: kept, limit: limit, speech: speech)
    }

    private let now = NIODeadline.uptimeNanoseconds(1_000_000)

    private func queues(_ state: inout State, _ waiter: Waiter) -> Bool {
        if case .queue = state.place(waiter) { true } else { false }
    }

    private func carried(_ release: State.Release) -> Waiter? {
        if case .carry(let waiter) = release { waiter } else { nil }
    }

    private func keeps(_ release: State.Release) -> Bool {
        if case .keep = release { true } else { false }
    }

    private func closes(_ release: State.Release) -> Bool {
        if case .close = release { true } else { false }
    }

    @Test("a connection is made for each who waits, up to the limit; the others wait their turn")
    func limit() {
        var state = state()
        let waiters = (0..<5).map { _ in Waiter() }
        #expect(waiters.map { queues(&state, $0) } == [true, true, true, true, true])
        #expect(state.missing() == 3)
        #expect(state.missing() == 0)
        let first = Connection()
        #expect(carried(state.connected(first, at: now)) === waiters[0])
        #expect(carried(state.connected(Connection(), at: now)) === waiters[1])
        #expect(carried(state.released(first, at: now)) === waiters[2])
        #expect(carried(state.connected(Connection(), at: now)) === waiters[3])
        #expect(state.missing() == 0)
        state.closed(first)
        #expect(state.missing() == 1)
        #expect(state.waitingCount == 1)
    }

    @Test("the connection used last is used next, and no more are kept than allowed")
    func newestFirst() {
        var state = state()
        let connections = (0..<3).map { _ in Connection() }
        for _ in connections { _ = queues(&state, Waiter()) }
        #expect(state.missing() == 3)
        for connection in connections { _ = state.connected(connection, at: now) }
        #expect(keeps(state.released(connections[0], at: now)))
        #expect(keeps(state.released(connections[1], at: now)))
        #expect(closes(state.released(connections[2], at: now)))
        guard case .connection(let next) = state.place(Waiter()) else { Issue.record("nothing free"); return }
        #expect(next === connections[1])
    }

    @Test("a connection that nobody waits for any more is kept")
    func surplus() {
        var state = state()
        let waiter = Waiter()
        _ = queues(&state, waiter)
        #expect(state.missing() == 1)
        state.forget(waiter)
        #expect(keeps(state.connected(Connection(), at: now)))
        #expect(state.idleCount == 1)
    }

    @Test("a failure is told to one, and to none while the connections being made are enough for all")
    func failure() {
        var state = state()
        let waiters = (0..<2).map { _ in Waiter() }
        for waiter in waiters { _ = queues(&state, waiter) }
        #expect(state.missing() == 2)
        #expect(state.connectFailed() === waiters[0])
        #expect(state.missing() == 0)
        #expect(state.connectFailed() === waiters[1])
        #expect(state.isEmpty)
        for waiter in waiters { _ = queues(&state, waiter) }
        #expect(state.missing() == 2)
        state.forget(waiters[0])
        #expect(state.connectFailed() == nil)
        #expect(carried(state.connected(Connection(), at: now)) === waiters[1])
    }

    @Test("while the provider's speech is unknown one connection is made, then as many as are needed")
    func noStorm() {
        var state = state(.unknown)
        for _ in 0..<3 { _ = queues(&state, Waiter()) }
        #expect(state.missing() == 1)
        #expect(carried(state.connected(Connection(), at: now)) != nil)
        #expect(state.missing() == 2)
    }

    @Test("streams are given out up to the provider's limit, then as they end")
    func streams() {
        var state = state(.unknown)
        let waiters = (0..<4).map { _ in Waiter() }
        for waiter in waiters { _ = queues(&state, waiter) }
        #expect(state.missing() == 1)
        let multiplexer = Multiplexer()
        #expect(
            state.connected(multiplexer, slots: 2).map(ObjectIdentifier.init)
                == waiters[..<2].map(ObjectIdentifier.init))
        #expect(state.missing() == 0)
        #expect(state.slotsChanged(multiplexer, by: 1).first === waiters[2])
        #expect(state.slotsChanged(Multiplexer(), by: 1).isEmpty)
        #expect(state.slotsChanged(multiplexer, by: -3).isEmpty)
        #expect(state.slotsChanged(multiplexer, by: 3).isEmpty)
        #expect(state.slotsChanged(multiplexer, by: 1).first === waiters[3])
        #expect(state.slotsChanged(multiplexer, by: 1).isEmpty)
        guard case .stream(let next) = state.place(Waiter()) else { Issue.record("nothing free"); return }
        #expect(next === multiplexer)
    }

    @Test("a connection that takes no more streams is replaced")
    func replaced() {
        var state = state(.http2)
        _ = queues(&state, Waiter())
        #expect(state.missing() == 1)
        let multiplexer = Multiplexer()
        #expect(state.connected(multiplexer, slots: 1).count == 1)
        _ = queues(&state, Waiter())
        #expect(state.missing() == 0)
        state.ended(multiplexer)
        #expect(state.missing() == 1)
    }

    @Test("idle connections are closed when their time is up, the others stay")
    func expiry() {
        var state = state()
        let connections = (0..<2).map { _ in Connection() }
        for _ in connections { _ = queues(&state, Waiter()) }
        #expect(state.missing() == 2)
        for connection in connections { _ = state.connected(connection, at: now) }
        #expect(keeps(state.released(connections[0], at: now)))
        #expect(keeps(state.released(connections[1], at: now + .seconds(5))))
        #expect(
            state.expired(before: now + .seconds(1)).map(ObjectIdentifier.init) == [ObjectIdentifier(connections[0])])
        state.closed(connections[0])
        #expect(state.idleCount == 1 && state.open == 1)
        #expect(state.oldestIdle == now + .seconds(5))
    }

    @Test("after the end nothing is kept, but those under way end as they would")
    func shutdown() {
        var state = state()
        _ = queues(&state, Waiter())
        #expect(state.missing() == 1)
        let connection = Connection()
        #expect(carried(state.connected(connection, at: now)) != nil)
        #expect(state.close().isEmpty)
        #expect(closes(state.released(connection, at: now)))
        state.closed(connection)
        #expect(state.isEmpty)
    }
}
