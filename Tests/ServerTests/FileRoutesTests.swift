import Contracts
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import Server

@Suite("Files, methods and the description over HTTP")
struct FileRoutesTests {
    private let world: ServerWorld

    init() async throws {
        world = try await ServerWorld()
    }

    /// A task with a file as earlier servers left them, and the fields to ask for it.
    private func task(_ client: some TestClientProtocol, file: String, _ content: String) async throws -> (
        id: String, fields: HTTPFields
    ) {
        let fields: HTTPFields = [.authorization: "Bearer \(try await world.token(["task:echo"]))"]
        let accepted = try await client.executeRequest(
            uri: "/v1/tasks", method: .post, headers: fields,
            body: ByteBuffer(string: #"{"recipe": "echo", "input": {"word": "hello"}}"#))
        let id = try #require(try JSONValue.parse(Array(accepted.body.readableBytesView))["id"]?.stringValue)
        try world.folder.write(".footing/workspaces/\(id)/\(file)", content)
        return (id, fields)
    }

    @Test("a file is sent whole, in part, not again, or as its head alone")
    func ranges() async throws {
        try await world.server.application().test(.router) { client in
            let (id, fields) = try await task(client, file: "a.txt", "0123456789")
            func ask(_ more: HTTPFields = [:], method: HTTPRequest.Method = .get) async throws -> TestResponse {
                var all = fields
                for field in more { all.append(field) }
                return try await client.executeRequest(
                    uri: "/v1/tasks/\(id)/files/a.txt", method: method, headers: all, body: nil)
            }
            let whole = try await ask()
            #expect(whole.status == .ok && String(buffer: whole.body) == "0123456789")
            #expect(whole.headers[.acceptRanges] == "bytes")
            #expect(whole.headers[.contentDisposition] == "attachment; filename=\"a.txt\"")
            #expect(whole.headers[.contentSecurityPolicy]?.hasPrefix("sandbox;") == true)
            let tag = try #require(whole.headers[.eTag])
            let part = try await ask([.range: "bytes=2-4", .ifRange: tag])
            #expect(part.status == .partialContent && String(buffer: part.body) == "234")
            #expect(part.headers[.contentRange] == "bytes 2-4/10")
            #expect(part.headers[.contentLength] == "3")
            let behind = try await ask([.range: "bytes=10-"])
            #expect(behind.status.code == 416 && behind.headers[.contentRange] == "bytes */10")
            #expect(behind.headers[.contentType] == "application/problem+json")
            let known = try await ask([.ifNoneMatch: tag])
            #expect(known.status == .notModified && known.body.readableBytes == 0)
            #expect(known.headers[.eTag] == tag)
            #expect(try await ask([.ifMatch: "\"other\""]).status == .preconditionFailed)
            let head = try await ask(method: .head)
            #expect(head.status == .ok && head.body.readableBytes == 0)
            #expect(head.headers[.contentLength] == "10" && head.headers[.eTag] == tag)
        }
    }

    @Test("what could run script is never shown in place")
    func inline() async throws {
        try await world.server.application().test(.router) { client in
            for (file, shown) in [
                ("a.html", false), ("a.svg", false), ("a.csv", true), ("a.xml", false), ("a.png", true),
            ] {
                let (id, fields) = try await task(client, file: file, "<script>alert(1)</script>")
                let answer = try await client.executeRequest(
                    uri: "/v1/tasks/\(id)/files/\(file)?inline=1", method: .get, headers: fields, body: nil)
                #expect(answer.headers[.contentDisposition]?.hasPrefix("inline") == shown, "\(file)")
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
            }
        }
    }

    @Test("a wrong method is told which ones are right, an unknown address is not there")
    func methods() async throws {
        try await world.server.application().test(.router) { client in
            for (method, path, allow) in [
                (.delete, "/v1/tasks", "GET, HEAD, POST"), (.put, "/v1/tasks/tk_1", "GET, HEAD"),
                (.get, "/v1/session", "POST"), (.post, "/healthz", "GET, HEAD"),
                (.patch, "/v1/calls/unknown", "GET, HEAD"), (.patch, "/v1/calls/c_1", "GET, HEAD, POST"),
                (.delete, "/console/x/y", "GET, HEAD"),
                (.trace, "/v1/faults", "DELETE, GET, HEAD, POST"),
            ] as [(HTTPRequest.Method, String, String)] {
                let answer = try await client.executeRequest(uri: path, method: method, headers: [:], body: nil)
                #expect(answer.status == .methodNotAllowed, "\(method) \(path)")
                #expect(answer.headers[.allow] == allow, "\(method) \(path)")
            }
            let nowhere = try await client.executeRequest(uri: "/v1/nowhere", method: .delete, headers: [:], body: nil)
            #expect(nowhere.status == .notFound)
        }
    }

    @Test("the description is there for everybody; numbers, words and members that are none are refused")
    func refused() async throws {
        let fields: HTTPFields = [.authorization: "Bearer \(try await world.token(["admin"]))"]
        try await world.server.application().test(.router) { client in
            let description = try await client.executeRequest(
                uri: "/openapi.json", method: .get, headers: [:], body: nil)
            #expect(try JSONValue.parse(Array(description.body.readableBytesView)) == OpenAPIDocument.json)
            let (id, _) = try await task(client, file: "a.txt", "x")
            for path in [
                "/v1/tasks?limit=0", "/v1/tasks?limit=", "/v1/tasks?limit=99999999999999999999", "/v1/tasks?state=x",
                "/v1/tasks?state=", "/v1/calls?outcome=none", "/v1/recording?after=-1", "/v1/live?topics=,",
                "/v1/tasks/\(id)/events?after=x", "/v1/tasks/\(id)/events?wait=31",
                "/v1/tasks/\(id)/files/a.txt?inline=2",
            ] {
                let answer = try await client.executeRequest(uri: path, method: .get, headers: fields, body: nil)
                #expect(answer.status == .badRequest, "\(path)")
            }
            for (path, body) in [
                ("/v1/recording", #"{"seconds": 1, "more": 1}"#), ("/v1/recording", #"{"seconds": 1, "provider": 3}"#),
                ("/v1/providers/rents/disable", #"{"reason": "x", "more": 1}"#),
                ("/v1/calls/c_1/settle", #"{"happened": true, "more": 1}"#), ("/v1/faults", "\u{FEFF}{}"),
            ] {
                let answer = try await client.executeRequest(
                    uri: path, method: .post, headers: fields, body: ByteBuffer(string: body))
                #expect(answer.status == .badRequest, "\(path) \(body)")
            }
            let wrong = try await client.executeRequest(
                uri: "/v1/tasks", method: .post, headers: fields, body: ByteBuffer(bytes: [0x7B, 0x22, 0xFF, 0x22]))
            #expect(wrong.status == .badRequest)
        }
    }
}
