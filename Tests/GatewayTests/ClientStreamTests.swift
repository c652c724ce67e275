import NIOCore
import NIOPosix
import Testing
import Wire

@testable import Gateway

@Suite("HTTP client: content that streams")
struct ClientStreamTests {
    private static let hi = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"

    @Test("content of unknown length goes out as chunks with trailers, and the connection is kept")
    func chunks() async throws {
        let server = try await RawServer([.steps(.send(Self.hi), after: "0\r\nETag: e\r\n\r\n")])
        let probe = ClientProbe()
        let story = try await probe.story(.streaming(.local(server.port), .streamed)) { notes, event in
            guard event == .ready else { return }
            notes.send("hello")
            notes.send("")
            notes.send(" world")
            notes.exchange?.end(trailers: [.etag: "e"])
        }
        #expect(story.text == "hi")
        #expect(
            server.received.hasSuffix(
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\nETag: e\r\n\r\n"))
        #expect(await probe.client.counts() == HTTPClient.Counts(open: 1, idle: 1))
    }

    @Test("what is sent before the connection stands is kept")
    func beforehand() async throws {
        let server = try await RawServer([.steps(.send(Self.hi), after: "abc")])
        let probe = ClientProbe()
        let running = try await probe.begin(.streaming(.local(server.port), .exactly(3)))
        try await running.run { notes in
            notes.send("a")
            notes.send("bc")
            notes.exchange?.end(trailers: nil)
        }
        #expect(try await running.story.text == "hi")
        #expect(server.received.hasSuffix("Content-Length: 3\r\n\r\nabc"))
    }

    @Test(
        "content that is longer or shorter than announced is never sent as if it were right", arguments: ["ab", "abcd"])
    func wrongLength(content: String) async throws {
        let server = try await RawServer([.silence])
        let probe = ClientProbe()
        let story = try await probe.story(.streaming(.local(server.port), .exactly(3))) { notes, event in
            guard event == .ready else { return }
            notes.send(content)
            notes.exchange?.end(trailers: nil)
        }
        #expect(story.error?.reason == .closed)
        #expect(await comesTrue { server.openConnections == 0 })
    }

    @Test("a provider that does not read slows the writer down, and one that reads again wakes it")
    func uploadPressure() async throws {
        let probe = ClientProbe()
        let server = try await SlowReader()
        let running = try await probe.begin(.streaming(.local(server.port), .streamed)) { notes, event in
            // Bounded, since the reader may be as fast as the writer.
            guard event == .ready, notes.story.events.count < 100 else { return }
            // More than the sockets take up.
            for _ in 0..<300 where notes.exchange?.isWritable == true {
                notes.send(String(repeating: "x", count: 100_000))
            }
        }
        #expect(
            try await comesTrue {
                let isBusy = try await running.isBusy
                return try await !running.storySoFar.events.isEmpty && isBusy
            })
        let count = try await running.storySoFar.events.count
        server.read()
        #expect(try await comesTrue { try await running.storySoFar.events.count > count })
        try await running.run { $0.exchange?.cancel() }
        #expect(await probe.client.counts().attempts == 0)
    }

    @Test("an attempt that is paused takes no more from the provider until it is resumed")
    func downloadPressure() async throws {
        let server = try await RawServer([
            .steps(.send("HTTP/1.1 200 OK\r\n\r\n"), .endlessly(String(repeating: "x", count: 100_000)))
        ])
        let probe = ClientProbe()
        let running = try await probe.begin(.to(.local(server.port))) { notes, event in
            if notes.story.text.count > 200_000 { notes.exchange?.pause() }
        }
        #expect(try await comesTrue { try await running.storySoFar.text.count > 200_000 })
        let count = try await running.storySoFar.text.count
        for _ in 0..<100 { try await running.run { _ in } }
        #expect(try await running.storySoFar.text.count == count)
        try await running.run { $0.exchange?.resume() }
        #expect(try await comesTrue { try await running.storySoFar.text.count > count })
        try await running.run { $0.exchange?.cancel() }
        #expect(await comesTrue { server.openConnections == 0 })
    }

    @Test("an answer that ends while the attempt is paused is told after it is resumed")
    func endWhilePaused() async throws {
        let server = try await RawServer([.bytesThenClose("HTTP/1.1 200 OK\r\n\r\nall")])
        let probe = ClientProbe()
        let running = try await probe.begin(.to(.local(server.port))) { notes, event in
            if event == .answered(200) { notes.exchange?.pause() }
        }
        #expect(try await comesTrue { try await running.storySoFar.events == [.answered(200)] })
        #expect(await comesTrue { server.openConnections == 0 })
        try await running.run { $0.exchange?.resume() }
        #expect(try await running.story.events == [.answered(200), .sent("all"), .finished])
    }

    @Test("a refusal before the request is whole is told, the rest is not sent, and the connection is closed")
    func earlyRefusal() async throws {
        let server = try await RawServer([.bytes("HTTP/1.1 413 X\r\nContent-Length: 2\r\n\r\nno"), .bytes(Self.hi)])
        let probe = ClientProbe()
        let endpoint = Endpoint.local(server.port)
        let story = try await probe.story(.streaming(endpoint, .exactly(1000))) { notes, event in
            if event == .ready { notes.send("begun") }
            guard event == .answered(413) else { return }
            #expect(notes.exchange?.isWritable == true)
            notes.send("never")
        }
        #expect(story.text == "no")
        #expect(story.error == nil)
        #expect(try await probe.story(.to(endpoint)).text == "hi")
        #expect(server.connections == 2)
        #expect(!server.received.contains("never"))
    }

    @Test("content waits for 100 Continue where the caller wants that")
    func expectContinue() async throws {
        let server = try await RawServer([
            .bytes("HTTP/1.1 100 Continue\r\n\r\n"), .steps(.send(Self.hi), after: "abc"),
        ])
        var options = HTTPClient.Options()
        options.continueTimeout = .seconds(60)
        let probe = ClientProbe(options: options)
        var request = ClientRequest.streaming(.local(server.port), .exactly(3))
        request.head.expectsContinue = true
        let story = try await probe.story(request) { notes, event in
            guard event == .ready else { return }
            notes.send("abc")
            notes.exchange?.end(trailers: nil)
        }
        #expect(story.events == [.ready, .answered(200), .sent("hi"), .finished])
        #expect(server.received.hasSuffix("Expect: 100-continue\r\n\r\nabc"))
        #expect(await probe.client.counts() == HTTPClient.Counts(open: 1, idle: 1))
    }

    @Test("content is not sent where the provider refuses instead of 100 Continue")
    func expectRefused() async throws {
        let server = try await RawServer([.bytes("HTTP/1.1 417 X\r\nContent-Length: 0\r\n\r\n")])
        var options = HTTPClient.Options()
        options.continueTimeout = .seconds(60)
        var request = ClientRequest.to(.local(server.port), "POST", body: "secret")
        request.head.expectsContinue = true
        let story = try await ClientProbe(options: options).story(request)
        #expect(story.events == [.answered(417), .finished])
        #expect(!server.received.contains("secret"))
        #expect(await comesTrue { server.openConnections == 0 })
    }

    @Test("content goes out where the provider says nothing about it for a while")
    func expectSilence() async throws {
        let server = try await RawServer([.steps(.send(Self.hi), after: "abc")])
        var options = HTTPClient.Options()
        options.continueTimeout = .milliseconds(20)
        var request = ClientRequest.to(.local(server.port), "POST", body: "abc")
        request.head.expectsContinue = true
        #expect(try await ClientProbe(options: options).story(request).text == "hi")
    }

    @Test("after switching protocols bytes pass in both directions until one side ends")
    func upgrade() async throws {
        let server = try await RawServer([
            .bytes("HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nserver first"),
            .steps(.send("pong"), .close, after: "ping"),
        ])
        var request = ClientRequest.to(.local(server.port))
        request.head.upgrade = "websocket"
        let story = try await ClientProbe().story(request) { notes, event in
            if event == .sent("server first") { notes.send("ping") }
        }
        #expect(story.head?.status == 101)
        #expect(story.text == "server firstpong")
        #expect(story.events.last == .finished)
        #expect(server.received.contains("Connection: Upgrade\r\nUpgrade: websocket\r\n"))
    }
}

/// A server that accepts and does not read until it is told to.
private final class SlowReader: Sendable {
    let port: Int
    private let channel: any Channel
    private let accepted: EventLoopFuture<any Channel>

    init() async throws {
        let promise = MultiThreadedEventLoopGroup.singleton.next().makePromise(of: (any Channel).self)
        accepted = promise.futureResult
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { channel in
                promise.succeed(channel)
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    deinit { channel.close(promise: nil) }

    func read() {
        accepted.whenSuccess { channel in
            channel.setOption(.autoRead, value: true).whenComplete { _ in channel.read() }
        }
    }
}
