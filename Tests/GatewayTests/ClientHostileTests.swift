import NIOCore
import NIOPosix
import Testing
import Wire

@testable import Gateway

@Suite("HTTP client: providers that break the rules")
struct ClientHostileTests {
    private static let plain = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
    private static let chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\nETag: x\r\n\r\n"
    private static let announced = "HTTP/1.1 103 Early\r\nLink: x\r\n\r\n\(plain)"

    @Test(
        "an answer that is cut off at any byte is a failure that counts as sent, and leaves nothing behind",
        arguments: [plain, chunked, announced], [RawServer.Reply.Step.close, .reset])
    func cut(answer: String, ending: RawServer.Reply.Step) async throws {
        let bytes = Array(answer.utf8)
        let probe = ClientProbe()
        for count in 0..<bytes.count {
            let server = try await RawServer([
                .steps(.send(String(decoding: bytes[..<count], as: UTF8.self)), ending)
            ])
            let story = try await probe.story(.to(.local(server.port)))
            #expect(story.error?.reason == .closed, "after \(count) bytes")
            #expect(story.error?.wasSent == true)
            #expect(!story.events.contains(.finished))
        }
        #expect(await comesTrue { await probe.client.counts() == HTTPClient.Counts() })
    }

    @Test("an answer that comes one byte at a time is the same answer", arguments: [plain, chunked, announced])
    func dripping(answer: String) async throws {
        let server = try await RawServer([.steps(.drip(answer))])
        let probe = ClientProbe()
        let story = try await probe.story(.to(.local(server.port)))
        #expect(story.text == "hello")
        #expect(story.error == nil)
        #expect(await probe.client.counts() == HTTPClient.Counts(open: 1, idle: 1))
    }

    @Test(
        "what is not an answer is refused, and the connection with it",
        arguments: [
            "GARBAGE\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "\u{16}\u{3}\u{1}", "HTTP/2.0 200 OK\r\n\r\n",
            "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 99 X\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
            "HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n", "HTTP/1.1 200 OK\r\nX : a\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: a\u{0}b\r\n\r\n", "HTTP/1.1 200 OK\nX: a\n\n",
            "HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
        ])
    func malformed(text: String) async throws {
        let server = try await RawServer([.bytes(text)])
        let probe = ClientProbe()
        let story = try await probe.story(.to(.local(server.port)))
        #expect(story.error?.reason == .malformed)
        #expect(story.error?.wasSent == true)
        #expect(await comesTrue { server.openConnections == 0 })
        #expect(await comesTrue { await probe.client.counts() == HTTPClient.Counts() })
    }

    @Test(
        "endless heads, announcements and chunk lines are cut off",
        arguments: [
            ("HTTP/1.1 200 OK\r\n", "X: \(String(repeating: "x", count: 1000))\r\n"),
            ("HTTP/1.1 200 OK\r\nX: ", String(repeating: "x", count: 1000)),
            ("HTTP/1.1 200 ", String(repeating: "x", count: 1000)),
            ("", "HTTP/1.1 100 Continue\r\n\r\n"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "0"),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
                "X: \(String(repeating: "x", count: 1000))\r\n"
            ),
        ])
    func endless(start: String, more: String) async throws {
        let server = try await RawServer([.steps(.send(start), .endlessly(more))])
        let probe = ClientProbe()
        let story = try await probe.story(.to(.local(server.port)))
        #expect(story.error?.reason == .malformed)
        #expect(await comesTrue { server.openConnections == 0 })
    }

    @Test("one field too many is refused")
    func manyFields() async throws {
        let fields = (0..<101).map { "X-\($0): a\r\n" }.joined()
        let server = try await RawServer([.bytes("HTTP/1.1 200 OK\r\n\(fields)\r\n")])
        #expect(try await ClientProbe().story(.to(.local(server.port))).error?.reason == .malformed)
    }

    @Test("after hundreds of failures of all kinds no connection and no attempt is left")
    func noLeaks() async throws {
        let silent = try await RawServer([.silence], repeats: true)
        let closing = try await RawServer([.steps(.close)], repeats: true)
        let broken = try await RawServer([.steps(.send("HTTP/1.1 200 OK\r\n"), .reset)], repeats: true)
        let garbage = try await RawServer([.bytes("no\r\n\r\n")], repeats: true)
        let servers = [silent, closing, broken, garbage]
        let probe = ClientProbe()
        let endpoints = servers.map { Endpoint.local($0.port) } + [.local(1)]
        var running: [ClientProbe.Running] = []
        for _ in 0..<40 {
            for endpoint in endpoints {
                running.append(try await probe.begin(.to(endpoint, patience: .milliseconds(300))))
            }
        }
        for attempt in running { #expect(try await attempt.story.error != nil) }
        #expect(await comesTrue { await probe.client.counts() == HTTPClient.Counts() })
        #expect(await comesTrue { servers.allSatisfy { $0.openConnections == 0 } })
    }
}
