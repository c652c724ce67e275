import NIOHPACK
import Testing
import Wire

@testable import Server

@Suite("Heads of HTTP/2")
struct ListenerHTTP2Tests {
    private static let base: [(String, String)] = [
        (":method", "POST"), (":scheme", "https"), (":path", "/a?b"), (":authority", "h:1"),
    ]

    private static func read(_ fields: [(String, String)], endsStream: Bool = true) throws -> RequestHead {
        try HTTP2RequestHead.read(HPACKHeaders(fields), endsStream: endsStream, limits: WireLimits())
    }

    private static func refusal(_ fields: [(String, String)], endsStream: Bool = true) -> Int? {
        do {
            _ = try read(fields, endsStream: endsStream)
            return nil
        } catch {
            return (error as? WireError)?.status
        }
    }

    @Test("pseudo fields become method, target and authority; cookie crumbs become one field")
    func head() throws {
        let head = try Self.read(
            Self.base + [("cookie", "a=1"), ("x-one", "1"), ("cookie", "b=2"), ("te", "trailers")])
        #expect(head.version == .http2)
        #expect(head.method == "POST")
        #expect(head.target == "/a?b")
        #expect(head.authority == "h:1")
        #expect(head.fields[.cookie] == "a=1; b=2")
        #expect(head.fields.count == 2)
        #expect(head.length == .none)
    }

    @Test("the content's length is what was announced, or unknown")
    func length() throws {
        #expect(try Self.read(Self.base, endsStream: false).length == .streamed)
        #expect(try Self.read(Self.base + [("content-length", "5")], endsStream: false).length == .exactly(5))
        #expect(Self.refusal(Self.base + [("content-length", "5")]) == 400)
        for text in ["+5", "5,5", "-1", " 5", ""] {
            #expect(Self.refusal(Self.base + [("content-length", text)], endsStream: false) == 400)
        }
        #expect(Self.refusal(Self.base + [("content-length", "5"), ("content-length", "5")], endsStream: false) == 400)
    }

    @Test(
        "fields that HTTP/2 does not have, or not so, are refused",
        arguments: [
            ("connection", "close"), ("transfer-encoding", "chunked"), ("upgrade", "h2c"), ("keep-alive", "1"),
            ("proxy-connection", "a"), ("te", "gzip"), ("X-Big", "1"), ("x one", "1"), ("x-one", "a\r\nb: c"),
            ("x-one", "a\u{0}"), ("x-one", " a"), ("x-one", "a\t"), (":method", "GET"), (":status", "200"),
            ("host", "other"),
            (":path", "/"), ("", "a"), ("x:y", "a"),
        ])
    func fields(_ name: String, _ value: String) {
        #expect(Self.refusal(Self.base + [(name, value)]) == 400)
    }

    @Test("pseudo fields must be there, once, before the others, and well formed")
    func pseudo() {
        for missing in 0..<4 {
            var fields = Self.base
            fields.remove(at: missing)
            #expect(Self.refusal(fields) == 400)
        }
        #expect(Self.refusal([("accept", "a")] + Self.base) == 400)
        #expect(Self.refusal(Self.base + [(":authority", "h:1")]) == 400)
        for (place, value) in [
            (0, "get"), (0, "CONNECT"), (0, "G T"), (1, "ftp"), (2, ""), (2, "a"), (2, "/a b"), (2, "/#a"), (2, "*"),
            (2, "http://h/"), (3, ""), (3, "a@b"), (3, "a b"),
        ] {
            var fields = Self.base
            fields[place].1 = value
            #expect(Self.refusal(fields) == 400, "\(value)")
        }
    }

    @Test("too much of anything is refused by its own status")
    func bounds() {
        #expect(Self.refusal(Self.base + Array(repeating: ("x", "1"), count: 100)) == 431)
        var fields = Self.base
        fields[2].1 = "/" + String(repeating: "a", count: 9000)
        #expect(Self.refusal(fields) == 414)
        #expect(Self.refusal(Self.base + [("expect", "wonders")]) == 417)
    }

    @Test("trailers hold no pseudo fields and nothing that frames")
    func trailers() throws {
        let limits = WireLimits()
        let read = try HTTP2RequestHead.trailers(HPACKHeaders([("x-sum", "1")]), limits: limits)
        #expect(read?.count == 1)
        for name in [":path", "content-length", "host", "te", "connection"] {
            #expect(throws: WireError.self) {
                try HTTP2RequestHead.trailers(HPACKHeaders([(name, "trailers")]), limits: limits)
            }
        }
    }
}
