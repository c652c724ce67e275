import NIOCore
import NIOEmbedded
import Testing
import Wire

@testable import Server

@Suite("How long a connection waits")
struct ListenerPatienceTests {
    @Test("a connection without a request is closed after 75 seconds, without a word")
    func idle() throws {
        let world = try ConnectionWorld()
        world.pass(seconds: 74)
        #expect(world.isOpen)
        world.pass(seconds: 3)
        #expect(!world.isOpen)
        #expect(try world.written().isEmpty)
    }

    @Test("a head must be whole ten seconds after its first byte, however steadily it drips")
    func slowHead() throws {
        let world = try ConnectionWorld()
        world.pass(seconds: 60)
        for letter in "GET / HTTP/1" {
            try world.receive(String(letter))
            world.pass(seconds: 1)
        }
        #expect(try world.written().hasPrefix("HTTP/1.1 408 "))
        world.pass(seconds: 7)
        #expect(!world.isOpen)
        #expect(world.events.isEmpty)
    }

    @Test("content must get on every thirty seconds; then it may take as long as it likes")
    func slowContent() throws {
        let world = try ConnectionWorld()
        try world.receive("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n")
        for _ in 0..<5 {
            world.pass(seconds: 29)
            try world.receive("a")
        }
        #expect(world.isOpen)
        world.pass(seconds: 32)
        #expect(world.events.last == "left")
        #expect(try world.written().hasPrefix("HTTP/1.1 408 "))
    }

    @Test("a pause the answerer made is not held against the caller")
    func pausedContent() throws {
        let world = try ConnectionWorld()
        try world.receive("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n")
        world.acceptor.exchanges[0].pause()
        world.pass(seconds: 100)
        #expect(world.isOpen)
        world.acceptor.exchanges[0].resume()
        world.pass(seconds: 29)
        #expect(world.isOpen)
        try world.end()
    }

    @Test("an answer may take as long as its answerer needs")
    func slowAnswer() throws {
        let world = try ConnectionWorld()
        try world.receive("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        world.pass(seconds: 600)
        #expect(world.isOpen)
        world.acceptor.exchanges[0].answer(ResponseHead(status: 200), ByteBuffer())
        #expect(try world.written().hasPrefix("HTTP/1.1 200 OK"))
        world.pass(seconds: 70)
        #expect(world.isOpen)
        try world.end()
    }

    @Test("a caller that does not read its answer for a minute is given up")
    func slowReader() throws {
        let world = try ConnectionWorld()
        try world.receive("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let exchange = world.acceptor.exchanges[0]
        exchange.send(ResponseHead(status: 200, length: .streamed))
        world.channel.isWritable = false
        world.channel.pipeline.fireChannelWritabilityChanged()
        #expect(!exchange.isWritable)
        world.pass(seconds: 50)
        world.channel.isWritable = true
        world.channel.pipeline.fireChannelWritabilityChanged()
        #expect(world.events.last == "ready")
        world.channel.isWritable = false
        world.channel.pipeline.fireChannelWritabilityChanged()
        world.pass(seconds: 50)
        #expect(world.isOpen)
        world.pass(seconds: 12)
        #expect(!world.isOpen)
        #expect(world.events.last == "left")
    }

    @Test("at shutdown idle connections close, the others answer and say that it was the last time")
    func draining() throws {
        let idle = try ConnectionWorld()
        idle.watch.drain()
        #expect(!idle.isOpen)
        let busy = try ConnectionWorld()
        try busy.receive("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        busy.watch.drain()
        #expect(busy.isOpen)
        busy.acceptor.exchanges[0].answer(ResponseHead(status: 200), ByteBuffer())
        #expect(try busy.written().contains("Connection: close\r\n"))
        #expect(!busy.isOpen)
    }
}
