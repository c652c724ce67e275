import NIOCore
import Testing

@testable import Wire

@Suite("Bounds of a request")
struct RequestLimitsTests {
    private static let start = "POST / HTTP/1.1\r\nHost: a\r\n"

    @Test("a head larger than allowed is refused, also while it is incomplete")
    func head() {
        let field = "X: " + String(repeating: "a", count: 40 << 10)
        #expect(refusal(Self.start + field) == 431)
        #expect(refusal(Self.start + field + "\r\n\r\n") == 431)
        #expect(refusal(String(repeating: "A", count: 40 << 10)) == 431)
    }

    @Test("a head as large as allowed is taken, whatever follows it")
    func largestHead() {
        var limits = WireLimits()
        let text = Self.start + "X: 1\r\n\r\n"
        limits.head = text.utf8.count
        #expect(refusal(text + Self.start + "X: 1\r\n\r\n", limits: limits) == nil)
        limits.head -= 1
        #expect(refusal(text, limits: limits) == 431)
    }

    @Test("more fields than allowed are refused, fields of the connection counted")
    func fields() {
        #expect(refusal(Self.start + String(repeating: "X: 1\r\n", count: 99) + "\r\n") == nil)
        #expect(refusal(Self.start + String(repeating: "X: 1\r\n", count: 100) + "\r\n") == 431)
        #expect(refusal(Self.start + String(repeating: "Connection: X\r\n", count: 100) + "\r\n") == 431)
    }

    @Test("a target longer than allowed is refused")
    func target() {
        #expect(refusal("GET /\(String(repeating: "a", count: 8 << 10)) HTTP/1.1\r\nHost: a\r\n\r\n") == 414)
        #expect(refusal("GET /\(String(repeating: "a", count: (8 << 10) - 1)) HTTP/1.1\r\nHost: a\r\n\r\n") == nil)
    }

    @Test("chunk extensions and trailers are bounded")
    func chunks() {
        let chunked = Self.start + "Transfer-Encoding: chunked\r\n\r\n"
        #expect(refusal(chunked + "3;" + String(repeating: "a", count: 300)) == 400)
        #expect(refusal(chunked + "0\r\nX: " + String(repeating: "a", count: 9 << 10)) == 431)
        #expect(refusal(chunked + "0\r\n" + String(repeating: "X: 1\r\n", count: 101) + "\r\n") == 431)
        #expect(refusal(chunked + String(repeating: "0", count: 20) + "\r\n\r\n") == 400)
    }

    @Test("content is handed on as it comes, not gathered")
    func content() throws {
        var parser = RequestParser()
        var input = ByteBuffer(string: Self.start + "Content-Length: 1000000000000\r\n\r\nabc")
        guard case .head = try parser.next(&input), case .content(let piece) = try parser.next(&input) else {
            Issue.record("no content")
            return
        }
        #expect(piece.readableBytes == 3)
        #expect(try parser.next(&input) == nil)
        #expect(input.readableBytes == 0)
    }
}
