import NIOCore
import NIOEmbedded
import Testing
import Wire

@testable import Server

@Suite("Answers on a connection of HTTP/1.1")
struct ListenerAnswerTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    private static func ok(_ text: String) -> (ResponseHead, ByteBuffer) {
        (ResponseHead(status: 200, length: .exactly(text.utf8.count)), ByteBuffer(string: text))
    }

    @Test("an answer given at once leaves in one write with its date")
    func atOnce() throws {
        let world = try ConnectionWorld { _, exchange in
            let (head, content) = Self.ok("hello")
            exchange.answer(head, content)
        }
        try world.receive(Self.get)
        #expect(
            try world.written() == "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nDate: now\r\n\r\nhello")
        #expect(world.events == ["GET /"])
        try world.receive(Self.get)
        #expect(try world.writes() == 1)
        #expect(world.ground.load.openExchanges == 0)
        try world.end()
    }

    @Test("a date of the answerer's own is kept")
    func ownDate() throws {
        let world = try ConnectionWorld { _, exchange in
            exchange.answer(ResponseHead(status: 200, fields: [.date: "then"]), ByteBuffer())
        }
        try world.receive(Self.get)
        #expect(try world.written() == "HTTP/1.1 200 OK\r\nDate: then\r\nContent-Length: 0\r\n\r\n")
        try world.end()
    }

    @Test("requests that come together are answered in turn, and in one write when at once")
    func pipelining() throws {
        let world = try ConnectionWorld { head, exchange in
            let (answer, content) = Self.ok(head.target)
            exchange.answer(answer, content)
        }
        try world.receive("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1\r\n")
        let written = try world.written()
        #expect(written.hasSuffix("\r\n\r\n/2"))
        #expect(world.events == ["GET /1", "GET /2"])
        try world.end()
    }

    @Test("the next request is read only when the answer has ended")
    func inTurn() throws {
        let world = try ConnectionWorld()
        try world.receive("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(world.events == ["GET /1", "finished"])
        world.acceptor.exchanges[0].answer(ResponseHead(status: 204), ByteBuffer())
        #expect(world.events == ["GET /1", "finished", "GET /2", "finished"])
        #expect(try world.written() == "HTTP/1.1 204 No Content\r\nDate: now\r\n\r\n")
        try world.end()
    }

    @Test("what is sent outside a read burst leaves together at the end of the turn")
    func coalescing() throws {
        let world = try ConnectionWorld()
        try world.receive(Self.get)
        let exchange = world.acceptor.exchanges[0]
        exchange.send(ResponseHead(status: 200, length: .exactly(4)))
        exchange.send(ByteBuffer(string: "ab"))
        exchange.send(ByteBuffer(string: "cd"))
        #expect(try world.channel.readOutbound(as: ByteBuffer.self) == nil)
        #expect(try world.writes() == 1)
        exchange.end(trailers: nil)
        try world.end()
    }

    @Test("content of unknown length goes out in chunks, with trailers behind them")
    func chunks() throws {
        let world = try ConnectionWorld()
        try world.receive(Self.get)
        let exchange = world.acceptor.exchanges[0]
        exchange.send(ResponseHead(status: 200, length: .streamed))
        exchange.send(ByteBuffer(repeating: 0x61, count: 18))
        exchange.send(ByteBuffer())
        exchange.end(trailers: [.etag: "x"])
        #expect(
            try world.written() == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nDate: now\r\n\r\n12\r\n"
                + String(repeating: "a", count: 18) + "\r\n0\r\nETag: x\r\n\r\n")
        #expect(world.isOpen)
        try world.end()
    }

    @Test("large content is handed on without a copy, between its chunk's lines")
    func largeChunk() throws {
        let world = try ConnectionWorld()
        try world.receive(Self.get)
        let exchange = world.acceptor.exchanges[0]
        exchange.send(ResponseHead(status: 200, length: .streamed))
        exchange.send(ByteBuffer(repeating: 0x61, count: 70_000))
        exchange.end(trailers: nil)
        let written = try world.written()
        #expect(written.contains("\r\n\r\n11170\r\naaa"))
        #expect(written.hasSuffix("aaa\r\n0\r\n\r\n"))
        try world.end()
    }

    @Test("HTTP/1.0 gets no chunks: the content ends with the connection")
    func oldStream() throws {
        let world = try ConnectionWorld()
        try world.receive("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        let exchange = world.acceptor.exchanges[0]
        exchange.send(ResponseHead(status: 200, length: .streamed))
        exchange.send(ByteBuffer(string: "abc"))
        exchange.end(trailers: [.etag: "x"])
        #expect(try world.written() == "HTTP/1.1 200 OK\r\nConnection: close\r\nDate: now\r\n\r\nabc")
        #expect(!world.isOpen)
    }

    @Test("HTTP/1.0 that asked to keep the connection is told that it is kept")
    func oldKeepAlive() throws {
        let world = try ConnectionWorld { _, exchange in
            let (head, content) = Self.ok("a")
            exchange.answer(head, content)
        }
        try world.receive("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(try world.written().contains("Connection: keep-alive\r\n"))
        #expect(world.isOpen)
        try world.receive("GET / HTTP/1.0\r\n\r\n")
        #expect(try world.written().contains("Connection: close\r\n"))
        #expect(!world.isOpen)
    }

    @Test("answers to HEAD announce a length and have no content")
    func headMethod() throws {
        let world = try ConnectionWorld { _, exchange in
            let (head, content) = Self.ok("hello")
            exchange.answer(head, content)
        }
        try world.receive("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try world.written() == "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nDate: now\r\n\r\n")
        let unknown = try ConnectionWorld { _, exchange in
            exchange.answer(ResponseHead(status: 200, length: .streamed), ByteBuffer(string: "x"))
        }
        try unknown.receive("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try unknown.written() == "HTTP/1.1 200 OK\r\nDate: now\r\n\r\n")
        try world.end()
        try unknown.end()
    }

    @Test("204 and 304 have no content and 204 no length")
    func bodiless() throws {
        for (status, length) in [(204, ""), (304, "Content-Length: 5\r\n")] {
            let world = try ConnectionWorld { _, exchange in
                exchange.answer(ResponseHead(status: status, length: .exactly(5)), ByteBuffer(string: "hello"))
            }
            try world.receive(Self.get)
            #expect(try world.written().hasSuffix("\r\n\(length)Date: now\r\n\r\n"))
            #expect(world.isOpen)
            try world.end()
        }
    }

    @Test("an announced length is kept to: more is cut off, less breaks the connection off")
    func announced() throws {
        let world = try ConnectionWorld()
        try world.receive(Self.get)
        world.acceptor.exchanges[0].answer(ResponseHead(status: 200, length: .exactly(2)), ByteBuffer(string: "abc"))
        #expect(try world.written().hasSuffix("\r\n\r\nab"))
        try world.receive(Self.get)
        world.acceptor.exchanges[1].answer(ResponseHead(status: 200, length: .exactly(4)), ByteBuffer(string: "abc"))
        #expect(!world.isOpen)
    }

    @Test("an answer broken off ends the connection without a last chunk")
    func abort() throws {
        let world = try ConnectionWorld()
        try world.receive(Self.get)
        let exchange = world.acceptor.exchanges[0]
        exchange.send(ResponseHead(status: 200, length: .streamed))
        exchange.send(ByteBuffer(string: "abc"))
        exchange.abort()
        #expect(try world.written().hasSuffix("3\r\nabc\r\n"))
        #expect(!world.isOpen)
        #expect(world.events == ["GET /", "finished"])
        #expect(world.ground.load.openExchanges == 0)
    }

    @Test("an exchange that is over does nothing to the next one")
    func stale() throws {
        let world = try ConnectionWorld()
        try world.receive(Self.get)
        let old = world.acceptor.exchanges[0]
        old.answer(ResponseHead(status: 200), ByteBuffer())
        _ = try world.written()
        try world.receive(Self.get)
        old.answer(ResponseHead(status: 500), ByteBuffer())
        old.send(ByteBuffer(string: "x"))
        old.abort()
        old.pause()
        #expect(try world.written().isEmpty)
        #expect(world.isOpen)
        try world.end()
    }

    @Test("announcements pass to HTTP/1.1 and not to HTTP/1.0")
    func informational() throws {
        for (version, expected) in [("1.1", "HTTP/1.1 103 "), ("1.0", "")] {
            let world = try ConnectionWorld()
            try world.receive("GET / HTTP/\(version)\r\nHost: a\r\n\r\n")
            world.acceptor.exchanges[0].send(ResponseHead(status: 103))
            #expect(try world.written().hasPrefix(expected))
            world.acceptor.exchanges[0].answer(ResponseHead(status: 200), ByteBuffer())
            #expect(try world.written().hasPrefix("HTTP/1.1 200 OK"))
            try world.end()
        }
    }

    @Test("after 101 both sides speak raw bytes until one ends")
    func tunnel() throws {
        let world = try ConnectionWorld()
        try world.receive(
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: a2V5\r\n\r\nearly"
        )
        let exchange = world.acceptor.exchanges[0]
        #expect(world.events == ["GET /", "finished"])
        exchange.send(ResponseHead(status: 101))
        #expect(
            try world.written()
                == "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
        exchange.resume()
        try world.receive(" bird")
        exchange.send(ByteBuffer(string: "frame"))
        #expect(try world.written() == "frame")
        #expect(world.events.dropFirst(2).joined() == "sent early bird")
        exchange.end(trailers: nil)
        #expect(world.ground.load.openExchanges == 0)
    }

    @Test("101 is not sent to a caller that did not offer it")
    func unaskedTunnel() throws {
        let world = try ConnectionWorld()
        try world.receive(Self.get)
        world.acceptor.exchanges[0].send(ResponseHead(status: 101))
        #expect(try world.written().isEmpty)
        try world.end()
    }
}
