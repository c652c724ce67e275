import HTTPTypes
import NIOCore
import NIOHTTP1
import Testing

@testable import Gateway

@Suite("Exchange: one request and its answer on a connection")
struct ExchangeTests {
    private func head(_ status: HTTPResponseStatus, _ headers: HTTPHeaders = [:]) -> HTTPClientResponsePart {
        .head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))
    }

    @Test("a whole answer is handed over and the connection kept")
    func answer() {
        var exchange = Exchange(bodyLimit: 100)
        exchange.requestSent()
        #expect(exchange.received(head(.ok, ["X-A": "1"])) == .nothing)
        #expect(exchange.received(.body(ByteBuffer(string: "ab"))) == .nothing)
        #expect(exchange.received(.body(ByteBuffer(string: "cd"))) == .nothing)
        guard case .finish(200, let headers, let body, reuse: true) = exchange.received(.end(nil)) else {
            Issue.record("expected a finished answer")
            return
        }
        #expect(String(buffer: body) == "abcd")
        #expect(HTTPField.Name("X-A").flatMap { headers[$0] } == "1")
        #expect(exchange.isIdle)
    }

    @Test("an answer that closes the connection is not followed by another request")
    func closingAnswer() {
        var exchange = Exchange(bodyLimit: 100)
        exchange.requestSent()
        _ = exchange.received(head(.ok, ["Connection": "close"]))
        #expect(
            exchange.received(.end(nil))
                == .finish(status: 200, headers: [.connection: "close"], body: ByteBuffer(), reuse: false))
        #expect(!exchange.isIdle)
    }

    @Test("announcements before the answer are passed over")
    func informational() {
        var exchange = Exchange(bodyLimit: 100)
        exchange.requestSent()
        #expect(exchange.received(head(.continue)) == .nothing)
        #expect(exchange.received(.end(nil)) == .nothing)
        #expect(exchange.received(head(.noContent)) == .nothing)
        #expect(
            exchange.received(.end(nil)) == .finish(status: 204, headers: HTTPFields(), body: ByteBuffer(), reuse: true)
        )
    }

    @Test("an answer larger than the cap is refused")
    func tooLarge() {
        var exchange = Exchange(bodyLimit: 3)
        exchange.requestSent()
        _ = exchange.received(head(.ok))
        guard case .fail(let error) = exchange.received(.body(ByteBuffer(string: "abcd"))) else {
            Issue.record("expected a failure")
            return
        }
        #expect(error.reason == .tooLarge)
        #expect(exchange.received(.end(nil)) == .nothing)
    }

    @Test("bytes that nobody asked for close the connection")
    func unsolicited() {
        var exchange = Exchange(bodyLimit: 3)
        #expect(exchange.received(head(.ok)) == .close)
    }

    @Test("a connection lost in the middle is a failure that counts as sent")
    func lost() {
        var exchange = Exchange(bodyLimit: 100)
        exchange.requestSent()
        _ = exchange.received(head(.ok))
        #expect(exchange.failed(.closed, "gone") == .fail(ClientError(.closed, wasSent: true, detail: "gone")))
        #expect(exchange.failed(.closed, "gone") == .nothing)
    }

    @Test("an upgrade that was not asked for is refused")
    func upgrade() {
        var exchange = Exchange(bodyLimit: 100)
        exchange.requestSent()
        guard case .fail = exchange.received(head(.switchingProtocols)) else {
            Issue.record("expected a failure")
            return
        }
    }
}
