import NIOCore
import Testing
import Wire

@testable import Server

@Suite("Requests on a connection of HTTP/1.1")
struct ListenerRequestTests {
    @Test("content is told as it comes, then the end with its trailers")
    func content() throws {
        let world = try ConnectionWorld()
        try world.receive("POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n")
        try world.receive("1\r\nc\r\n0\r\nX-Sum: 3\r\n\r\n")
        #expect(world.events == ["POST /a", "sent ab", "sent c", "finished with X-Sum"])
        try world.end()
    }

    @Test("100 Continue is sent once, where it is waited for")
    func continuing() throws {
        let world = try ConnectionWorld()
        try world.receive("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        let exchange = world.acceptor.exchanges[0]
        exchange.sendContinue()
        exchange.sendContinue()
        exchange.send(ResponseHead(status: 100))
        #expect(try world.written() == "HTTP/1.1 100 Continue\r\n\r\n")
        try world.receive("ab")
        exchange.answer(ResponseHead(status: 204), ByteBuffer())
        #expect(try !world.written().contains("close"))
        try world.receive("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n")
        world.acceptor.exchanges[1].sendContinue()
        #expect(try world.written().isEmpty)
        try world.end()
    }

    @Test("an answer in place of 100 Continue ends the connection: the content may or may not come")
    func refusedContent() throws {
        let world = try ConnectionWorld { _, exchange in
            exchange.answer(ResponseHead(status: 403), ByteBuffer())
        }
        try world.receive("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        #expect(try world.written().contains("Connection: close\r\n"))
        try world.receive("GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(world.events == ["PUT /"])
        try world.end()
    }

    @Test("an early answer leaves the rest of the content unread for its answerer and keeps the connection")
    func earlyAnswer() throws {
        let world = try ConnectionWorld { head, exchange in
            exchange.answer(ResponseHead(status: head.method == "PUT" ? 403 : 200), ByteBuffer())
        }
        try world.receive("PUT /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc")
        try world.receive("defGET /2 HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(world.events == ["PUT /1", "GET /2"])
        #expect(try !world.written().contains("close"))
        try world.end()
    }

    @Test("after an early answer no more than a bounded rest is read away")
    func boundedDiscard() throws {
        let world = try ConnectionWorld { _, exchange in exchange.answer(ResponseHead(status: 403), ByteBuffer()) }
        try world.receive("PUT /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nabc")
        #expect(try world.written().contains("Connection: close\r\n"))
        try world.end()
        let chunked = try ConnectionWorld { _, exchange in exchange.answer(ResponseHead(status: 403), ByteBuffer()) }
        try chunked.receive("PUT /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        #expect(try !chunked.written().contains("close"))
        try chunked.receive("50000\r\n" + String(repeating: "a", count: 300_000))
        try chunked.receive(
            String(repeating: "a", count: 0x50000 - 300_000) + "\r\n0\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(chunked.events == ["PUT /1"])
        try chunked.end()
    }

    @Test("while paused nothing is told and the socket is not read")
    func pausing() throws {
        let world = try ConnectionWorld()
        try world.receive("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab")
        let exchange = world.acceptor.exchanges[0]
        exchange.pause()
        #expect(!world.connection.isReading)
        try world.receive("cd")
        #expect(world.events == ["PUT /", "sent ab"])
        exchange.resume()
        #expect(world.connection.isReading)
        #expect(world.events == ["PUT /", "sent ab", "sent cd", "finished"])
        try world.end()
    }

    @Test("requests that pile up behind one stop the reading")
    func readAhead() throws {
        let world = try ConnectionWorld()
        try world.receive("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n")
        let request = "GET /2 HTTP/1.1\r\nHost: a\r\n\r\n"
        try world.receive(String(repeating: request, count: 4000))
        #expect(!world.connection.isReading)
        #expect(world.events == ["GET /1", "finished"])
        try world.end()
    }

    @Test("what is no request is answered with a problem, never handed on, and ends the connection")
    func malformed() throws {
        let world = try ConnectionWorld()
        try world.receive("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
        let written = try world.written()
        #expect(written.hasPrefix("HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\n"))
        #expect(written.contains("Connection: close\r\n"))
        #expect(written.contains("\"code\":\"request_malformed\""))
        try world.receive("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(world.events.isEmpty)
        world.pass(seconds: 7)
        #expect(!world.isOpen)
    }

    @Test(
        "each kind of refusal has its status and code",
        arguments: [
            ("GET /\(String(repeating: "a", count: 9000)) HTTP/1.1", "414", "target_too_long"),
            ("GET / HTTP/1.1\r\nX: \(String(repeating: "a", count: 40_000))", "431", "fields_too_large"),
            ("GET / HTTP/1.1\r\nTransfer-Encoding: gzip", "501", "coding_unknown"),
            ("GET / HTTP/1.1\r\nExpect: wonders", "417", "expectation_unknown"),
            ("GET / HTTP/3.0", "505", "version_unknown"),
        ])
    func refusals(_ start: String, _ status: String, _ code: String) throws {
        let world = try ConnectionWorld()
        try world.receive("\(start)\r\nHost: a\r\n\r\n")
        let written = try world.written()
        #expect(written.hasPrefix("HTTP/1.1 \(status) "))
        #expect(written.contains("\"code\":\"\(code)\""))
        try world.end()
    }

    @Test("content that breaks its framing takes the caller from its answerer")
    func brokenContent() throws {
        let world = try ConnectionWorld()
        try world.receive("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
        #expect(world.events == ["POST /", "left"])
        #expect(try world.written().hasPrefix("HTTP/1.1 400 "))
        world.acceptor.exchanges[0].answer(ResponseHead(status: 200), ByteBuffer())
        #expect(try world.written().isEmpty)
        try world.end()
    }

    @Test("once an answer has begun, broken content ends the connection without another")
    func brokenContentLate() throws {
        let world = try ConnectionWorld { _, exchange in exchange.send(ResponseHead(status: 200, length: .streamed)) }
        try world.receive("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
        #expect(world.events == ["POST /", "left"])
        #expect(try !world.written().contains("400"))
        #expect(!world.isOpen)
    }

    @Test("a caller that goes away is told to its answerer once, and only while an answer is owed")
    func leaving() throws {
        let world = try ConnectionWorld()
        try world.receive("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        try world.end()
        #expect(world.events == ["GET /", "finished", "left"])
        #expect(world.ground.load.openExchanges == 0)
        let answered = try ConnectionWorld { _, exchange in exchange.answer(ResponseHead(status: 200), ByteBuffer()) }
        try answered.receive("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        try answered.end()
        #expect(answered.events == ["GET /"])
    }
}
