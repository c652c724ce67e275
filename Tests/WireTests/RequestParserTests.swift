import NIOCore
import Testing

@testable import Wire

@Suite("Requests as bytes")
struct RequestParserTests {
    private static let host = "Host: a\r\n"

    @Test("a request says method, target, authority and its own fields in order")
    func head() throws {
        let head = try WireTests.head("GET /a?b=c HTTP/1.1\r\nX-One: 1\r\nHost: a.example:8080\r\nx-two:\t 2 \r\n\r\n")
        #expect(head.method == "GET")
        #expect(head.target == "/a?b=c")
        #expect(head.authority == "a.example:8080")
        #expect(head.fields.description == "X-One, x-two")
        #expect(head.fields[try #require(FieldName("X-Two"))] == "2")
        #expect(head.length == .none)
        #expect(head.keepsAlive)
    }

    @Test("HTTP/1.1 keeps the connection unless told otherwise, HTTP/1.0 only when asked")
    func keeping() throws {
        #expect(try WireTests.head("GET / HTTP/1.1\r\nHost: a\r\n\r\n").keepsAlive)
        #expect(try !WireTests.head("GET / HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n").keepsAlive)
        #expect(try !WireTests.head("GET / HTTP/1.0\r\n\r\n").keepsAlive)
        #expect(try WireTests.head("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").keepsAlive)
        #expect(try !WireTests.head("GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n").keepsAlive)
    }

    @Test("fields of the connection, also those it names itself, are not passed on")
    func connectionFields() throws {
        let head = try WireTests.head(
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, X-Mine\r\nX-Mine: 1\r\nKeep-Alive: 5\r\nTE: trailers\r\n"
                + "Trailer: X\r\nProxy-Authorization: b\r\nProxy-Connection: c\r\nUpgrade: h2c\r\nHTTP2-Settings: d\r\nAccept: e\r\n\r\n"
        )
        #expect(head.fields.description == "Accept")
        #expect(head.upgrade == nil)
    }

    @Test("content ends after Content-Length bytes; the next request begins there")
    func contentLength() {
        let reading = Reading.requests(
            "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET /2 HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(reading.error == nil)
        #expect(reading.text.contains("content abc\nend\nGET /2"))
    }

    @Test("chunks are joined, extensions ignored, trailers kept apart from fields")
    func chunks() {
        let reading = Reading.requests(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n0002;x=\"y\"\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n"
        )
        #expect(reading.error == nil)
        #expect(reading.text.contains("length streamed"))
        #expect(reading.text.hasSuffix("content abcde\ntrailer X-Sum=5\nend\n"))
    }

    @Test("100-continue is only expected where content follows and HTTP/1.1 is spoken")
    func expectation() throws {
        let expect = "Host: a\r\nExpect: 100-Continue\r\n"
        #expect(try WireTests.head("PUT / HTTP/1.1\r\n\(expect)Content-Length: 1\r\n\r\n").expectsContinue)
        #expect(try !WireTests.head("PUT / HTTP/1.1\r\n\(expect)Content-Length: 0\r\n\r\n").expectsContinue)
        #expect(try !WireTests.head("PUT / HTTP/1.0\r\n\(expect)Content-Length: 1\r\n\r\n").expectsContinue)
        #expect(refusal("PUT / HTTP/1.1\r\nHost: a\r\nExpect: magic\r\n\r\n") == 417)
    }

    @Test("only a GET without content may ask for a WebSocket, and for nothing else")
    func upgrade() throws {
        let ask = "Host: a\r\nConnection: Upgrade\r\nSec-WebSocket-Key: a2V5\r\nUpgrade: WebSocket\r\n"
        #expect(try WireTests.head("GET / HTTP/1.1\r\n\(ask)\r\n").upgrade == "websocket")
        #expect(try WireTests.head("POST / HTTP/1.1\r\n\(ask)\r\n").upgrade == nil)
        #expect(try WireTests.head("GET / HTTP/1.1\r\n\(ask)Content-Length: 1\r\n\r\n").upgrade == nil)
        #expect(try WireTests.head("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n").upgrade == nil)
        #expect(throws: WireError.self, "without a key") {
            try WireTests.head("GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n")
        }
    }

    @Test("one empty line before a request is forgiven, two are not")
    func emptyLines() {
        #expect(refusal("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n") == nil)
        #expect(refusal("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n") == 400)
        #expect(refusal("\nGET / HTTP/1.1\r\nHost: a\r\n\r\n") == 400)
    }

    @Test(
        "what two servers could read in two ways is refused",
        arguments: [
            "Content-Length: 1\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nContent-Length: 1",
            "Content-Length: 1\r\nContent-Length: 1",
            "Content-Length: 1, 1",
            "Content-Length: +1", "Content-Length: -1", "Content-Length: 0x1", "Content-Length: 1 1", "Content-Length:",
            "Content-Length: 9999999999999999999", "Content-Length: \u{661}",
            "Content-Length : 1", "Content-Length\t: 1", "Transfer-Encoding : chunked",
            " Content-Length: 1", "X: 1\r\n Content-Length: 1", "X: 1\r\n\tfolded",
            "Host: b", "X\u{0}: 1", "X: \u{0}", "X: a\u{B}", "X: a\rb", "X\r\n: 1", ": 1", "X", "X: 1\nY: 2",
            "X: \u{7F}", "é: 1", "X Y: 1", "X(: 1", "Connection: close, a b",
        ])
    func ambiguousFields(_ field: String) {
        #expect(refusal("POST / HTTP/1.1\r\nHost: a\r\n\(field)\r\n\r\n") == 400)
    }

    @Test(
        "transfer codings other than chunked alone are refused",
        arguments: [
            "gzip", "chunked, chunked", "gzip, chunked", "identity", "xchunked", "chunked;q=1", "\"chunked\"",
            ",chunked", "",
            "chunked\r\nTransfer-Encoding: chunked", "chunked\r\nTransfer-Encoding: identity",
        ])
    func codings(_ coding: String) {
        #expect(refusal("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \(coding)\r\n\r\n") == 501)
    }

    @Test(
        "a request line that is not exact is refused",
        arguments: [
            "GET  / HTTP/1.1", "GET / HTTP/1.1 ", " GET / HTTP/1.1", "GET /\tHTTP/1.1", "GET / http/1.1", "GET /",
            "GET",
            "get / HTTP/1.1", "G@T / HTTP/1.1", "GET / HTTP/1.", "GET / HTTP/11", "GET / HTTP/1.1x",
            "GET /a b HTTP/1.1",
            "GET a HTTP/1.1", "GET http://a/ HTTP/1.1", "GET * HTTP/1.1", "CONNECT a:443 HTTP/1.1",
            "GET /\u{E9} HTTP/1.1",
            "GET /#a HTTP/1.1", "GET /\u{0} HTTP/1.1", "GET ?a HTTP/1.1", "\u{16}\u{3}\u{1}",
            "ABCDEFGHIJKLMNOPQRSTUVWXY / HTTP/1.1",
        ])
    func requestLines(_ line: String) {
        #expect(refusal("\(line)\r\nHost: a\r\n\r\n") == 400)
    }

    @Test("other versions are refused by name", arguments: ["2.0", "0.9", "1.2", "3.0", "9.9"])
    func versions(_ version: String) {
        #expect(refusal("GET / HTTP/\(version)\r\nHost: a\r\n\r\n") == 505)
    }

    @Test("OPTIONS may ask about the whole server")
    func asterisk() throws {
        #expect(try WireTests.head("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").target == "*")
        #expect(refusal("OPTIONS ** HTTP/1.1\r\nHost: a\r\n\r\n") == 400)
    }

    @Test("HTTP/1.1 needs exactly one good Host; HTTP/1.0 may leave it out and has no chunks")
    func hosts() throws {
        #expect(refusal("GET / HTTP/1.1\r\n\r\n") == 400)
        #expect(refusal("GET / HTTP/1.1\r\nHost:\r\n\r\n") == 400)
        #expect(refusal("GET / HTTP/1.1\r\nHost: a b\r\n\r\n") == 400)
        #expect(refusal("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n") == 400)
        #expect(refusal("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n") == 400)
        #expect(try WireTests.head("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n").authority == "[::1]:80")
        #expect(try WireTests.head("GET / HTTP/1.0\r\n\r\n").authority == "")
        #expect(refusal("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n") == 400)
    }

    @Test(
        "chunks that are not exact are refused",
        arguments: [
            "3\nabc\r\n", "3\r\nabcd\r\n", "3\r\nab\r\n0\r\n", "\r\nabc", "x\r\n", "0x3\r\nabc\r\n", "-3\r\n",
            "+3\r\nabc\r\n",
            " 3\r\nabc\r\n", "3 \r\nabc\r\n", "3 ;a\r\nabc\r\n", "3;a\nabc\r\n", "3;\u{0}\r\nabc\r\n", "3\r\nabc\n",
            "3\r\nabc\rx",
            "10000000000000000\r\n", "fffffffffffffffff", "3\rabc", "0\r\nX: 1\n\r\n", "0\r\n X: 1\r\n\r\n",
            "0\r\nContent-Length: 3\r\n\r\n", "0\r\nTransfer-Encoding: chunked\r\n\r\n", "0\r\nHost: b\r\n\r\n",
        ])
    func badChunks(_ chunks: String) {
        #expect(refusal("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(chunks)") == 400)
    }

    @Test("trailers that would change the message's meaning are left out")
    func trailers() {
        let reading = Reading.requests(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nAuthorization: b\r\nCookie: c\r\nX-Sum: 1\r\n\r\n"
        )
        #expect(reading.error == nil)
        #expect(reading.text.hasSuffix("content \ntrailer X-Sum=1\nend\n"))
    }
}
