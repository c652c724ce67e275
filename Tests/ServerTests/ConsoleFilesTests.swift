import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Server

@Suite("Console files")
struct ConsoleFilesTests {
    private func get(
        _ path: String, _ headers: HTTPFields, _ client: some TestClientProtocol
    ) async throws -> TestResponse {
        try await client.executeRequest(uri: path, method: .get, headers: headers, body: nil)
    }

    @Test("a file goes out compressed to those who take it, and plain to all others, under tags of their own")
    func compression() async throws {
        let world = try await ServerWorld()
        try await world.server.application().test(.router) { client in
            let plain = try await get("/console/console.css", [:], client)
            let small = try await get("/console/console.css", [.acceptEncoding: "br, gzip;q=0.8"], client)
            #expect(plain.headers[.contentEncoding] == nil)
            #expect(small.headers[.contentEncoding] == "gzip")
            #expect(Array(small.body.readableBytesView.prefix(2)) == [0x1f, 0x8b])
            #expect(small.body.readableBytes * 2 < plain.body.readableBytes)
            #expect(plain.headers[.vary] == "Accept-Encoding" && small.headers[.vary] == "Accept-Encoding")
            #expect(plain.headers[.eTag] != small.headers[.eTag])
        }
    }

    @Test("a known tag is answered without the file, in the form it was made for")
    func revalidation() async throws {
        let world = try await ServerWorld()
        try await world.server.application().test(.router) { client in
            let tag = try #require(try await get("/console/", [.acceptEncoding: "gzip"], client).headers[.eTag])
            let same = try await get("/console/", [.acceptEncoding: "gzip", .ifNoneMatch: "\"x\", W/\(tag)"], client)
            #expect(same.status == .notModified && same.body.readableBytes == 0)
            #expect(same.headers[.eTag] == tag && same.headers[.vary] == "Accept-Encoding")
            let other = try await get("/console/", [.ifNoneMatch: tag], client)
            #expect(other.status == .ok && other.headers[.contentEncoding] == nil)
        }
    }

    @Test("everything the console holds stays within its budget as it is sent")
    func budget() throws {
        let sent = ConsoleAssets.files.mapValues { $0.decodeGzip()?.readableBytes ?? $0.text.utf8CodeUnitCount }
        let first = ["main", "shell", "ui", "data", "words", "overview"].map { "js/\($0).js" }
        let page = (["index.html", "theme.js", "console.css"] + first).map { sent[$0, default: .max / 16] }
        #expect(page.reduce(0, +) < 22 << 10)
        #expect(sent.values.reduce(0, +) < 60 << 10)
    }

    @Test(
        "a coding is taken only where the header allows it",
        arguments: [
            ("gzip", true), ("GZIP ; Q=0.5, br", true), ("*", true), ("br, *;q=0", false), ("gzip;q=0, *", false),
            ("gzip;q=0.000", false), ("gzip;q=x", false), ("", false), ("deflate", false), (",;,", false),
        ])
    func negotiation(header: String, isAllowed: Bool) {
        #expect(AcceptEncoding.allowsGzip(header) == isAllowed)
        #expect(!AcceptEncoding.allowsGzip(nil))
    }
}
