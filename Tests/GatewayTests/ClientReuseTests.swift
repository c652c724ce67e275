import NIOCore
import NIOPosix
import Testing
import Wire

@testable import Gateway

@Suite("HTTP client: connections are kept, and let go")
struct ClientReuseTests {
    private static let hi = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"

    @Test("one connection carries one request after another")
    func keepAlive() async throws {
        let server = try await RawServer([.bytes(Self.hi)], repeats: true)
        let probe = ClientProbe()
        let endpoint = Endpoint.local(server.port)
        for _ in 0..<5 { #expect(try await probe.story(.to(endpoint)).text == "hi") }
        #expect(server.connections == 1)
        #expect(await probe.client.counts() == HTTPClient.Counts(open: 1, idle: 1))
    }

    @Test("a request made when an answer ends takes that answer's connection")
    func atOnce() async throws {
        let server = try await RawServer([.bytes(Self.hi)], repeats: true)
        let probe = ClientProbe()
        let endpoint = Endpoint.local(server.port)
        let second = probe.loop.makePromise(of: Void.self)
        _ = try await probe.story(.to(endpoint)) { [client = probe.client, loop = probe.loop] _, event in
            guard event == .finished else { return }
            let notes = ClientProbe.Notes(ended: second, hook: nil)
            notes.exchange = client.start(.to(endpoint), on: loop, notes)
            #expect(notes.exchange?.isWritable == true)
            notes.hasStarted = true
        }
        try await second.futureResult.get()
        #expect(server.connections == 1)
    }

    @Test(
        "a connection is not used again after",
        arguments: [
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi",
            "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi and more",
            "HTTP/1.1 204 No Content\r\n\r\nsurprise",
        ])
    func notReused(answer: String) async throws {
        let server = try await RawServer([.bytes(answer)], repeats: true)
        let probe = ClientProbe()
        let endpoint = Endpoint.local(server.port)
        for _ in 0..<2 { #expect(try await probe.story(.to(endpoint)).error == nil) }
        #expect(server.connections == 2)
        #expect(await comesTrue { server.openConnections == 0 })
    }

    @Test("a connection that the provider closes or speaks on while it is idle is dropped at once")
    func idleClose() async throws {
        for last in [RawServer.Reply.Step.close, .send("HTTP/1.1 408 Request Timeout\r\n\r\n"), .reset] {
            let server = try await RawServer([.steps(.send(Self.hi), .drip(""), last), .bytes(Self.hi)])
            let probe = ClientProbe()
            let endpoint = Endpoint.local(server.port)
            #expect(try await probe.story(.to(endpoint)).error == nil)
            #expect(await comesTrue { await probe.client.counts() == HTTPClient.Counts() })
            #expect(try await probe.story(.to(endpoint)).text == "hi")
            #expect(server.connections == 2)
        }
    }

    @Test("idle connections are closed after their time")
    func idleTimeout() async throws {
        let server = try await RawServer([.bytes(Self.hi)], repeats: true)
        var options = HTTPClient.Options()
        options.idleTimeout = .milliseconds(20)
        let probe = ClientProbe(options: options)
        #expect(try await probe.story(.to(.local(server.port))).text == "hi")
        #expect(await comesTrue { server.openConnections == 0 })
        #expect(await comesTrue { await probe.client.counts() == HTTPClient.Counts() })
    }

    @Test("after shutdown idle connections are closed and no new ones are kept")
    func shutdown() async throws {
        let server = try await RawServer([.bytes(Self.hi)], repeats: true)
        let probe = ClientProbe()
        #expect(try await probe.story(.to(.local(server.port))).text == "hi")
        probe.client.shutdown()
        #expect(await comesTrue { server.openConnections == 0 })
        #expect(try await probe.story(.to(.local(server.port))).text == "hi")
        #expect(await comesTrue { server.openConnections == 0 })
    }

    @Test("attempts beyond the limit of connections wait their turn, in order, and no longer than for a connection")
    func queue() async throws {
        let server = try await RawServer([.silence, .bytes(Self.hi), .bytes(Self.hi), .bytes(Self.hi)])
        var options = HTTPClient.Options()
        options.connectionsPerEndpoint = 1
        let probe = ClientProbe(options: options)
        let endpoint = Endpoint.local(server.port)
        let stuck = try await probe.begin(.to(endpoint))
        #expect(await comesTrue { !server.received.isEmpty })
        var brief = ClientRequest.to(endpoint)
        brief.connectTimeout = .milliseconds(30)
        let late = try await probe.story(brief)
        #expect(late.error == ClientError(.timeout, wasSent: false, detail: late.error?.detail ?? ""))
        let waiting = [try await probe.begin(.to(endpoint)), try await probe.begin(.to(endpoint))]
        let left = try await probe.begin(.to(endpoint))
        try await left.run { $0.exchange?.cancel() }
        #expect(await probe.client.counts() == HTTPClient.Counts(open: 1, waiting: 2, attempts: 3))
        try await stuck.run { $0.exchange?.cancel() }
        for running in waiting { #expect(try await running.story.text == "hi") }
        #expect(server.connections == 2)
        #expect(try await left.storySoFar.events.isEmpty)
        #expect(await probe.isAtRest())
    }

    @Test("a connection that was paused is returned to the pool awake")
    func pausedThenReused() async throws {
        let server = try await RawServer([.bytes(Self.hi)], repeats: true)
        let probe = ClientProbe()
        let endpoint = Endpoint.local(server.port)
        for _ in 0..<3 {
            let story = try await probe.story(.to(endpoint)) { notes, event in
                guard case .answered = event else { return }
                notes.exchange?.pause()
                MultiThreadedEventLoopGroup.currentEventLoop?.assumeIsolated().execute { notes.exchange?.resume() }
            }
            #expect(story.text == "hi")
        }
        #expect(server.connections == 1)
    }

    @Test("cancelling from within any call of the delegate ends the attempt and the connection")
    func cancelWithin() async throws {
        let steps: [ClientProbe.Event] = [.answered(200), .sent("hi")]
        for step in steps {
            let server = try await RawServer([.bytes(Self.hi)])
            let probe = ClientProbe()
            let running = try await probe.begin(.to(.local(server.port))) { notes, event in
                if event == step { notes.exchange?.cancel() }
            }
            #expect(await comesTrue { server.connections == 1 && server.openConnections == 0 })
            #expect(try await running.storySoFar.events.last == step)
            #expect(await comesTrue { await probe.client.counts() == HTTPClient.Counts() })
        }
    }

    @Test("an attempt that is cancelled before its connection stands is told nothing")
    func cancelEarly() async throws {
        let probe = ClientProbe()
        let events = try await probe.loop.submit { [client = probe.client, loop = probe.loop] in
            let notes = ClientProbe.Notes(ended: loop.makePromise(), hook: nil)
            let exchange = client.start(.to(.local(1)), on: loop, notes)
            notes.hasStarted = true
            exchange.cancel()
            return NIOLoopBoundBox(notes, eventLoop: loop)
        }.get()
        #expect(await comesTrue { await probe.client.counts() == HTTPClient.Counts() })
        #expect(try await ClientProbe.Running(notes: events).storySoFar.events.isEmpty)
    }
}
