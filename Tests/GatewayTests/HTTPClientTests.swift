import Inventory
import NIOCore
import NIOPosix
import Testing
import Wire

@testable import Gateway

@Suite("HTTP client, over real sockets")
struct HTTPClientTests {
    private static let hi = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
    private let client = HTTPClient(group: MultiThreadedEventLoopGroup.singleton)

    private func failure(_ request: ClientRequest, limit: Int = 1000) async -> ClientError? {
        do {
            _ = try await client.send(request, limit: limit)
            return nil
        } catch {
            return error
        }
    }

    private func text(_ request: ClientRequest) async throws -> String {
        String(buffer: try await client.send(request, limit: 1000).content)
    }

    @Test("requests are framed as they should be")
    func framing() async throws {
        let server = try await RawServer([.bytes(Self.hi)], repeats: true)
        let endpoint = Endpoint.local(server.port, basePath: "/base")
        #expect(try await text(.to(endpoint, fields: [.accept: "*/*"])) == "hi")
        let host = "Host: 127.0.0.1:\(server.port)\r\n"
        #expect(server.received == "GET /base/a?b=c HTTP/1.1\r\n\(host)Accept: */*\r\n\r\n")
        #expect(try await text(.to(endpoint, "POST", body: "xyz")) == "hi")
        #expect(server.received.hasSuffix("POST /base/a?b=c HTTP/1.1\r\n\(host)Content-Length: 3\r\n\r\nxyz"))
        #expect(try await text(.to(endpoint, "POST")) == "hi")
        #expect(server.received.hasSuffix("\(host)Content-Length: 0\r\n\r\n"))
    }

    @Test("chunked answers are put together, with their trailers")
    func chunked() async throws {
        let server = try await RawServer([
            .bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\nETag: x\r\n\r\n")
        ])
        let story = try await ClientProbe().story(.to(.local(server.port)))
        #expect(story.text == "abc")
        #expect(story.trailers?[.etag] == "x")
    }

    @Test("an answer that ends with the connection is whole")
    func closeDelimited() async throws {
        let server = try await RawServer([.bytesThenClose("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall")])
        #expect(try await text(.to(.local(server.port))) == "all")
    }

    @Test(
        "answers without content end with their head, whatever length they announce",
        arguments: [("HEAD", 200), ("GET", 204), ("GET", 304)])
    func noContent(method: String, status: Int) async throws {
        let server = try await RawServer([
            .bytes("HTTP/1.1 \(status) X\r\nContent-Length: 5\r\n\r\n"),
            .bytes(Self.hi),
        ])
        let probe = ClientProbe()
        let endpoint = Endpoint.local(server.port)
        let story = try await probe.story(.to(endpoint, method))
        #expect(story.events == [.answered(status), .finished])
        #expect(try await probe.story(.to(endpoint)).text == "hi")
        #expect(server.connections == 1)
    }

    @Test("silence ends in a time-out that counts as sent")
    func timeout() async throws {
        let server = try await RawServer([.bytes(Self.hi), .silence])
        let endpoint = Endpoint.local(server.port)
        #expect(try await text(.to(endpoint)) == "hi")
        let error = await failure(.to(endpoint, patience: .milliseconds(50)))
        #expect(error?.reason == .timeout)
        #expect(error?.wasSent == true)
        #expect(await comesTrue { server.openConnections == 0 })
    }

    @Test("an answer that comes too slowly is cut off, also after its head")
    func slow() async throws {
        let server = try await RawServer([
            .bytes(Self.hi), .bytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\na"),
        ])
        let endpoint = Endpoint.local(server.port)
        #expect(try await text(.to(endpoint)) == "hi")
        var request = ClientRequest.to(endpoint)
        request.timeout = .milliseconds(800)
        let error = await failure(request)
        #expect(error?.reason == .timeout)
        #expect(error?.wasSent == true)
        #expect(await comesTrue { server.openConnections == 0 })
    }

    @Test("a head that does not come in its own time is not waited for any longer")
    func firstByte() async throws {
        let server = try await RawServer([.silence])
        var request = ClientRequest.to(.local(server.port))
        request.firstByteTimeout = .milliseconds(50)
        #expect(await failure(request)?.reason == .timeout)
    }

    @Test("an answer over the cap is refused")
    func tooLarge() async throws {
        let body = String(repeating: "x", count: 2000)
        let server = try await RawServer([.bytes("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n\(body)")])
        #expect(await failure(.to(.local(server.port)))?.reason == .tooLarge)
    }

    @Test("where nobody listens, nothing was sent", arguments: ["127.0.0.1", "localhost"])
    func unreachable(host: String) async throws {
        let error = await failure(.to(Endpoint(ServiceURL(scheme: .http, host: host, port: 1))))
        #expect(error == ClientError(.unreachable, wasSent: false, detail: error?.detail ?? ""))
    }

    @Test("a name that does not resolve is unreachable")
    func unresolved() async throws {
        let error = await failure(.to(Endpoint(ServiceURL(scheme: .http, host: "nowhere.invalid", port: 80))))
        #expect(error?.reason == .unreachable || error?.reason == .timeout)
        #expect(error?.wasSent == false)
    }

    @Test("a task that is cancelled ends the attempt")
    func cancelled() async throws {
        let server = try await RawServer([.silence])
        let call = Task { try await client.send(.to(.local(server.port))) }
        #expect(await comesTrue { !server.received.isEmpty })
        call.cancel()
        await #expect(throws: ClientError.self) { try await call.value }
        #expect(await comesTrue { server.openConnections == 0 })
    }
}
