import TestSupport
import Testing

@testable import Wire

@Suite("Requests in pieces")
struct RequestSplittingTests {
    private static let messages = [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n\r\nGET /y HTTP/1.0\r\n\r\n",
        "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nX: y\r\n\r\nabcdeGET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n"
            + "3;e=1\r\nabc\r\n00a\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\nGET / HTTP/1.1\r\nHost: b\r\n\r\n",
        // Refused ones.
        "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: 1\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;\u{1}\r\nabc\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nContent-Length: 1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nabX",
    ]

    @Test("wherever a message is cut, the same is read", arguments: messages)
    func cutOnce(_ message: String) {
        let bytes = Array(message.utf8)
        let whole = Reading.requests([bytes])
        for place in 0...bytes.count {
            #expect(Reading.requests([Array(bytes[..<place]), Array(bytes[place...])]) == whole, "cut at \(place)")
        }
    }

    @Test("byte by byte the same is read", arguments: messages)
    func bytewise(_ message: String) {
        #expect(Reading.requests(message.utf8.map { [$0] }) == Reading.requests(message))
    }

    @Test("in two cuts the same is read", arguments: messages)
    func cutTwice(_ message: String) {
        let bytes = Array(message.utf8)
        let whole = Reading.requests([bytes])
        for first in stride(from: 0, through: bytes.count, by: 3) {
            for second in stride(from: first, through: bytes.count, by: 5) {
                let pieces = [bytes[..<first], bytes[first..<second], bytes[second...]].map { Array($0) }
                #expect(Reading.requests(pieces) == whole, "cut at \(first) and \(second)")
            }
        }
    }

    @Test("damaged messages are read or refused, in pieces as in whole, and never trap", arguments: messages)
    func fuzz(_ message: String) {
        var random = SeededRandom(seed: 0x9E37_79B9_7F4A_7C15)
        let spice = Array("\r\n\0 \t:;,0aGHT/.*#%\u{7F}-+".utf8) + [0x80, 0xFF]
        for _ in 0..<200 {
            var bytes = Array(message.utf8)
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                let byte = spice[Int.random(in: 0..<spice.count, using: &random)]
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = byte
                case 1: bytes.insert(byte, at: place)
                default: if bytes.count > 1 { bytes.remove(at: place) }
                }
            }
            let cut = Int.random(in: 0...bytes.count, using: &random)
            let whole = Reading.requests([bytes])
            let pieces = Reading.requests([Array(bytes[..<cut]), Array(bytes[cut...])])
            #expect(
                pieces.text == whole.text && (pieces.error == nil) == (whole.error == nil), "\(bytes) cut at \(cut)")
        }
    }
}
