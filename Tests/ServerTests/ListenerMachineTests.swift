import Testing
import Wire

@testable import Server

@Suite("What a connection may do next")
struct ListenerMachineTests {
    private static func machine(
        _ method: String = "GET", version: RequestHead.Version = .http1_1, length: BodyLength = .none,
        expects: Bool = false, keeps: Bool = true
    ) -> ServerConnection {
        var machine = ServerConnection()
        machine.firstByte()
        machine.begin(
            RequestHead(
                version: version, method: method, target: "/", authority: "a", length: length, expectsContinue: expects,
                keepsAlive: keeps))
        return machine
    }

    @Test("a whole request and a whole answer make room for the next request")
    func turn() {
        var machine = Self.machine()
        let reception = machine.receivedEnd()
        #expect(reception == .deliver)
        #expect(!machine.readsRequest)
        let start = machine.start(status: 200, length: .exactly(2))
        #expect(start == .head(framing: .length, keepsAlive: true))
        let sent = machine.send(content: 2)
        #expect(sent == .raw(2))
        let end = machine.end()
        #expect(end == .keep(lastChunk: false))
        #expect(machine.isWaiting)
    }

    @Test("an answer cannot begin twice, nor content come before it")
    func order() {
        var machine = Self.machine()
        let sent = machine.send(content: 1)
        #expect(sent == .drop)
        let start = machine.start(status: 200, length: .streamed)
        #expect(start == .head(framing: .chunked, keepsAlive: true))
        let startAgain = machine.start(status: 200, length: .streamed)
        #expect(startAgain == .nothing)
    }

    @Test("an end before the beginning, or before all announced bytes, breaks off")
    func earlyEnd() {
        var machine = Self.machine()
        let end = machine.end()
        #expect(end == .abort(resets: false))
        machine = Self.machine()
        _ = machine.start(status: 200, length: .exactly(3))
        _ = machine.send(content: 2)
        let endAgain = machine.end()
        #expect(endAgain == .abort(resets: false))
        let endLater = machine.end()
        #expect(endLater == .nothing)
    }

    @Test("only a reset shows a caller of HTTP/1.0 that an answer without length is broken off")
    func reset() {
        var machine = Self.machine(version: .http1_0)
        let start = machine.start(status: 200, length: .streamed)
        #expect(start == .head(framing: .untilClose, keepsAlive: false))
        let end = machine.abort()
        #expect(end == .abort(resets: true))
    }

    @Test("the rest of a request that was answered early is dropped, within bounds")
    func discarding() {
        var machine = Self.machine("PUT", length: .streamed)
        _ = machine.start(status: 403, length: .none)
        let end = machine.end()
        #expect(end == .keep(lastChunk: false))
        #expect(machine.isDiscarding)
        let reception = machine.received(content: ServerConnection.discardLimit)
        #expect(reception == .drop)
        var other = machine
        let receptionAgain = other.receivedEnd()
        #expect(receptionAgain == .next)
        let receptionLater = machine.received(content: 1)
        #expect(receptionLater == .close)
        #expect(machine.isLingering)
    }

    @Test("a large rest that was announced ends the connection instead")
    func largeRest() {
        var machine = Self.machine("PUT", length: .exactly(1 << 30))
        let start = machine.start(status: 403, length: .none, isWhole: true)
        #expect(start == .head(framing: .length, keepsAlive: false))
        let end = machine.end()
        #expect(end == .close(lastChunk: false, lingers: true))
    }

    @Test("content that may or may not come ends the connection")
    func owedContinue() {
        var machine = Self.machine("PUT", length: .exactly(1), expects: true)
        let start = machine.start(status: 403, length: .none)
        #expect(start == .head(framing: .length, keepsAlive: false))
        machine = Self.machine("PUT", length: .exactly(1), expects: true)
        let reception = machine.received(content: 1)
        #expect(reception == .deliver)
        let started = machine.start(status: 403, length: .none)
        #expect(started == .head(framing: .length, keepsAlive: true))
        let continues = machine.sendContinue()
        #expect(!continues)
    }

    @Test("a caller that leaves while an answer is owed is told of, otherwise not")
    func leaving() {
        var machine = Self.machine()
        let wasAnswering = machine.left()
        #expect(wasAnswering)
        let wasAnsweringAgain = machine.left()
        #expect(!wasAnsweringAgain)
        var waiting = ServerConnection()
        let wasAnsweringLater = waiting.left()
        #expect(!wasAnsweringLater)
    }

    @Test("drained, a connection ends with the answer under way, or at once")
    func draining() {
        var waiting = ServerConnection()
        let closesAtOnce = waiting.drain()
        #expect(closesAtOnce)
        var machine = Self.machine()
        _ = machine.receivedEnd()
        let closesAtOnceAgain = machine.drain()
        #expect(!closesAtOnceAgain)
        let start = machine.start(status: 200, length: .none)
        #expect(start == .head(framing: .length, keepsAlive: false))
        let end = machine.end()
        #expect(end == .close(lastChunk: false, lingers: false))
    }
}
