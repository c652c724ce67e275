import Inventory
import NIOCore
import NIOPosix
import Testing
import Wire

@testable import Gateway

@Suite("HTTP client: HTTP/2")
struct ClientHTTP2Tests {
    private let probe = ClientProbe()

    private func endpoint(_ server: HTTP2Server, basePath: String = "") -> Endpoint {
        .local(server.port, basePath: basePath, http2: .always)
    }

    @Test("requests and answers mean the same as on HTTP/1.1")
    func plain() async throws {
        let server = try await HTTP2Server()
        let endpoint = endpoint(server, basePath: "/base")
        let story = try await probe.story(.to(endpoint, "POST", fields: [.accept: "*/*"], body: "abc"))
        #expect(story.events == [.answered(200), .sent("hi"), .finished])
        #expect(story.head?.length == .exactly(2))
        #expect(story.head?.fields.values(.contentLength) == [])
        #expect(story.head.map { "\($0.fields)" } == "x-a")
        #expect(
            server.received
                == ":method=POST;:scheme=http;:authority=127.0.0.1:\(server.port);:path=/base/a?b=c;accept=*/*;content-length=3;abc"
        )
        #expect(try await probe.story(.to(endpoint, "HEAD")).events == [.answered(200), .finished])
        #expect(server.connections == 1)
    }

    @Test("content streams both ways at once, with trailers")
    func echo() async throws {
        let server = try await HTTP2Server()
        var request = ClientRequest.streaming(endpoint(server), .streamed)
        request.head.target = "/echo"
        let story = try await probe.story(request) { notes, event in
            switch event {
            case .ready: notes.send("one")
            case .sent("one"):
                notes.send("two")
                notes.exchange?.end(trailers: [.etag: "mine"])
            default: break
            }
        }
        #expect(story.text == "onetwo")
        #expect(story.trailers?[.etag] == "e")
        #expect(server.received.hasSuffix("onetwotrailer etag=mine;"))
    }

    @Test("many at once share one connection, up to the provider's limit; the others wait for a stream")
    func sharing() async throws {
        let server = try await HTTP2Server(streams: 3)
        var running: [ClientProbe.Running] = []
        let endpoint = endpoint(server)
        for _ in 0..<10 { running.append(try await probe.begin(.to(endpoint, "GET", "/wait"))) }
        #expect(await comesTrue { server.streams == 3 })
        #expect(await probe.client.counts().waiting == 7)
        for attempt in running {
            #expect(
                try await comesTrue {
                    server.release()
                    return try await attempt.storySoFar.events.last == .finished
                })
        }
        #expect(server.connections == 1)
        #expect(await comesTrue { server.openStreams == 0 })
    }

    @Test("a stream that the provider refuses was never sent")
    func refused() async throws {
        let server = try await HTTP2Server()
        let error = try await probe.story(.to(endpoint(server), "POST", "/refuse", body: "abc")).error
        #expect(error?.reason == .closed)
        #expect(error?.wasSent == false)
    }

    @Test(
        "streams beyond the last one that a leaving provider looks at were never sent, and the next take another connection"
    )
    func goAway() async throws {
        let server = try await HTTP2Server()
        let endpoint = endpoint(server)
        let error = try await probe.story(.to(endpoint, "GET", "/goaway")).error
        #expect(error?.wasSent == false)
        #expect(try await probe.story(.to(endpoint)).text == "hi")
        #expect(server.connections == 2)
    }

    @Test("an answer that is reset or shorter than announced is a failure, and the connection goes on")
    func broken() async throws {
        let server = try await HTTP2Server()
        let endpoint = endpoint(server)
        for path in ["/reset", "/short", "/announced"] {
            let story = try await probe.story(.to(endpoint, "GET", path))
            #expect(story.error?.wasSent == true, "\(path)")
            #expect(story.error?.reason != .timeout, "\(path)")
            #expect(!story.events.contains(.finished))
        }
        #expect(try await probe.story(.to(endpoint)).text == "hi")
        #expect(server.connections == 1)
        #expect(await comesTrue { server.openStreams == 0 })
    }

    @Test("a cancelled attempt resets its stream alone")
    func cancelled() async throws {
        let server = try await HTTP2Server()
        let endpoint = endpoint(server)
        let silent = try await probe.begin(.to(endpoint, "GET", "/silent"))
        let unborn = try await probe.begin(.to(endpoint, "GET", "/silent"))
        try await unborn.run { $0.exchange?.cancel() }
        #expect(await comesTrue { server.openStreams >= 1 })
        try await silent.run { $0.exchange?.cancel() }
        #expect(await comesTrue { server.openStreams == 0 })
        #expect(try await probe.story(.to(endpoint)).text == "hi")
        #expect(server.connections == 1)
        #expect(try await silent.storySoFar.events.isEmpty)
    }

    @Test("silence ends in a time-out, and the stream with it")
    func timeout() async throws {
        let server = try await HTTP2Server()
        var request = ClientRequest.to(endpoint(server), "GET", "/silent")
        request.firstByteTimeout = .milliseconds(200)
        let story = try await probe.story(request)
        #expect(story.error?.reason == .timeout)
        #expect(await comesTrue { server.openStreams == 0 })
    }

    @Test("a refusal before the request is whole is told, and the rest is not sent")
    func early() async throws {
        let server = try await HTTP2Server()
        var request = ClientRequest.streaming(endpoint(server), .streamed)
        request.head.target = "/early"
        let story = try await probe.story(request) { notes, event in
            if event == .answered(413) { notes.send("never") }
        }
        #expect(story.error == nil)
        #expect(!server.received.contains("never"))
        #expect(await comesTrue { server.openStreams == 0 })
    }

    @Test("content waits for 100 Continue where the caller wants that")
    func expectContinue() async throws {
        let server = try await HTTP2Server()
        var request = ClientRequest.to(endpoint(server), "POST", "/expect", body: "abc")
        request.head.expectsContinue = true
        let story = try await probe.story(request)
        #expect(story.text == "hi")
        #expect(server.received.hasSuffix("expect=100-continue;abc"))
    }

    @Test("an attempt that is paused stops its stream, not the connection")
    func pressure() async throws {
        let server = try await HTTP2Server()
        let endpoint = endpoint(server)
        let running = try await probe.begin(.to(endpoint, "GET", "/endless")) { notes, event in
            if notes.story.text.count > 100_000 { notes.exchange?.pause() }
        }
        #expect(try await comesTrue { try await running.storySoFar.text.count > 100_000 })
        let count = try await running.storySoFar.text.count
        #expect(try await probe.story(.to(endpoint)).text == "hi")
        #expect(try await running.storySoFar.text.count == count)
        try await running.run { $0.exchange?.resume() }
        #expect(try await comesTrue { try await running.storySoFar.text.count > count })
        try await running.run { $0.exchange?.cancel() }
        #expect(await comesTrue { server.openStreams == 0 })
        #expect(server.connections == 1)
    }

    @Test("a provider that does not begin to speak HTTP/2 is given up in time")
    func silentServer() async throws {
        let server = try await RawServer([.silence])
        var request = ClientRequest.to(.local(server.port, http2: .always))
        request.connectTimeout = .milliseconds(100)
        let error = try await probe.story(request).error
        #expect(error?.reason == .timeout)
        #expect(error?.wasSent == false)
        #expect(await comesTrue { await probe.client.counts() == HTTPClient.Counts() })
    }

    @Test("a provider that speaks something else is refused")
    func notHTTP2() async throws {
        let server = try await RawServer([.bytes("HTTP/1.1 400 Bad Request\r\n\r\n")])
        let error = try await probe.story(.to(.local(server.port, http2: .always))).error
        #expect(error?.wasSent == false)
    }

    @Test(
        "over TLS the provider chooses, and calls that begin at once before it has chosen do not make a storm",
        .enabled(if: ClientCertificates.isPossible, "the openssl program is not installed"))
    func negotiated() async throws {
        let certificates = try ClientCertificates()
        let server = try await HTTP2Server(
            tls: certificates.server(certificates.certificate(for: "localhost"), protocols: ["h2"]))
        let endpoint = Endpoint(
            ServiceURL(scheme: .https, host: "localhost", port: server.port), tls: try certificates.supplier())
        var running: [ClientProbe.Running] = []
        for _ in 0..<20 { running.append(try await probe.begin(.to(endpoint, patience: .seconds(60)))) }
        for attempt in running { #expect(try await attempt.story.text == "hi") }
        #expect(server.connections == 1)
        #expect(server.received.hasPrefix(":method=GET;:scheme=https;"))
    }
}
