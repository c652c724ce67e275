import HTTPTypes
import Inventory
import NIOCore
import NIOPosix
import Testing

@testable import Gateway

@Suite("HTTP client, over real sockets")
struct HTTPClientTests {
    private let client = HTTPClient(group: MultiThreadedEventLoopGroup.singleton, bodyLimit: 1000)

    private func send(
        _ method: String = "GET", to port: Int, body: String = "", timeout: Duration = .seconds(10)
    ) async throws -> ClientResponse {
        try await client.send(
            ClientRequest(
                origin: ServiceURL(scheme: .http, host: "127.0.0.1", port: port, basePath: "/base"), method: method,
                target: "/a?b=c",
                headers: [.accept: "*/*"], body: ByteBuffer(string: body)),
            connectTimeout: .seconds(5), timeout: timeout)
    }

    private func failure(_ body: () async throws -> ClientResponse) async -> ClientError? {
        do {
            _ = try await body()
            return nil
        } catch {
            return error as? ClientError
        }
    }

    @Test("requests are framed as they should be and share one kept connection")
    func keepAlive() async throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
        let server = try await RawServer([.bytes(answer), .bytes(answer)])
        #expect(String(buffer: try await send(to: server.port).body) == "hi")
        #expect(String(buffer: try await send("POST", to: server.port, body: "xyz").body) == "hi")
        #expect(server.connections == 1)
        #expect(server.received.hasPrefix("GET /base/a?b=c HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n"))
        #expect(server.received.contains("Content-Length: 3\r\n"))
        #expect(server.received.hasSuffix("\r\n\r\nxyz"))
    }

    @Test("chunked answers are put together")
    func chunked() async throws {
        let server = try await RawServer([
            .bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n")
        ])
        #expect(String(buffer: try await send(to: server.port).body) == "abc")
    }

    @Test("an answer that ends with the connection is whole, and the connection is not used again")
    func closeDelimited() async throws {
        let answer = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall"
        let server = try await RawServer([.bytesThenClose(answer), .bytesThenClose(answer)])
        #expect(String(buffer: try await send(to: server.port).body) == "all")
        #expect(String(buffer: try await send(to: server.port).body) == "all")
        #expect(server.connections == 2)
    }

    @Test("silence ends in a time-out that counts as sent")
    func timeout() async throws {
        let server = try await RawServer([.silence])
        let error = await failure { try await send(to: server.port, timeout: .milliseconds(50)) }
        #expect(error?.reason == .timeout)
        #expect(error?.wasSent == true)
    }

    @Test(
        "what is not HTTP is refused",
        arguments: [
            "GARBAGE\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        ])
    func malformed(text: String) async throws {
        let server = try await RawServer([.bytesThenClose(text)])
        let error = await failure { try await send(to: server.port) }
        #expect(error != nil && error?.wasSent == true)
    }

    @Test("a connection that is cut in the middle of an answer is a failure, not a short answer")
    func cut() async throws {
        let server = try await RawServer([.bytesThenClose("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")])
        let error = await failure { try await send(to: server.port) }
        #expect(error?.wasSent == true)
    }

    @Test("an answer over the cap is refused")
    func tooLarge() async throws {
        let body = String(repeating: "x", count: 2000)
        let server = try await RawServer([.bytes("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n\(body)")])
        #expect(await failure { try await send(to: server.port) }?.reason == .tooLarge)
    }

    @Test("where nobody listens nothing was sent")
    func unreachable() async throws {
        let error = await failure { try await send(to: 1) }
        #expect(error == ClientError(.unreachable, wasSent: false, detail: error?.detail ?? ""))
    }

    @Test("a caller that leaves ends the exchange")
    func cancelled() async throws {
        let server = try await RawServer([.silence])
        let call = Task { try await send(to: server.port) }
        while server.received.isEmpty { await Task.yield() }
        call.cancel()
        await #expect(throws: ClientError.self) { try await call.value }
    }
}
