import Access
import Contracts
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Server

@Suite("Routes")
struct RoutesTests {
    private func json(_ response: TestResponse) throws -> JSONValue {
        try JSONValue.parse(Array(response.body.readableBytesView))
    }

    @Test("the app is served with a strict policy, its private files are not")
    func app() async throws {
        let world = try await ServerWorld()
        try await world.server.application().test(.router) { client in
            let page = try await client.executeRequest(uri: "/", method: .get, headers: [:], body: nil)
            #expect(String(buffer: page.body) == "<h1>The app</h1>")
            #expect(page.headers[.contentSecurityPolicy]?.contains("script-src 'self'") == true)
            #expect(page.headers[.xContentTypeOptions] == "nosniff")
            for path in ["/.env", "/%2eenv", "/x/../.env", "/.git/config"] {
                let hidden = try await client.executeRequest(uri: path, method: .get, headers: [:], body: nil)
                #expect(hidden.status.code >= 400, "\(path)")
                #expect(!String(buffer: hidden.body).contains("hidden"))
            }
        }
    }

    @Test("every failure is a problem with a request id that is also in the head")
    func problems() async throws {
        let world = try await ServerWorld()
        try await world.server.application().test(.router) { client in
            for (path, status, code) in [
                ("/v1/nothing", 404, "not_found"), ("/v1/tasks", 401, "token_missing"),
                ("/v1/overview", 401, "token_missing"),
            ] {
                let answer = try await client.executeRequest(uri: path, method: .get, headers: [:], body: nil)
                #expect(answer.status.code == status)
                #expect(answer.headers[.contentType] == "application/problem+json")
                let problem = try json(answer)
                #expect(problem["code"]?.stringValue == code)
                #expect(problem["request_id"]?.stringValue == answer.headers[.init("X-Request-Id") ?? .date])
                #expect(problem["source"] == "caller")
            }
        }
    }

    @Test("a browser session is a cookie scripts cannot read; it does what the project allows and no more")
    func session() async throws {
        let world = try await ServerWorld()
        let own: HTTPFields = [.init("X-Footing-Request") ?? .date: "1"]
        try await world.server.application().test(.router) { client in
            let started = try await client.executeRequest(uri: "/v1/session", method: .post, headers: own, body: nil)
            #expect(started.status == .ok)
            let cookie = try #require(started.headers[.setCookie])
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
            let pair = String(cookie.prefix { $0 != ";" })
            let body = ByteBuffer(string: #"{"recipe": "echo", "input": {"word": "hello"}}"#)
            let forged = try await client.executeRequest(
                uri: "/v1/tasks", method: .post, headers: [.cookie: pair], body: body)
            #expect(forged.status == .forbidden)
            #expect(try json(forged)["code"] == "request_forged")
            var headers = own
            headers[.cookie] = pair
            let accepted = try await client.executeRequest(
                uri: "/v1/tasks", method: .post, headers: headers, body: body)
            #expect(accepted.status == .accepted)
            let id = try #require(try json(accepted)["id"]?.stringValue)
            let seen = try await client.executeRequest(
                uri: "/v1/tasks/\(id)", method: .get, headers: headers, body: nil)
            #expect(try json(seen)["title"] == "Echo")
            let other = try await client.executeRequest(
                uri: "/v1/tasks/\(id)", method: .get, headers: [.authorization: "Bearer \(world.token(["task:echo"]))"],
                body: nil)
            #expect(other.status == .notFound)
            let operatorsOnly = try await client.executeRequest(
                uri: "/v1/overview", method: .get, headers: headers, body: nil)
            #expect(operatorsOnly.status == .forbidden)
            let foreign = try await client.executeRequest(
                uri: "/v1/session", method: .post, headers: [.origin: "https://evil.example"], body: nil)
            #expect(foreign.status == .forbidden)
            let again = try await client.executeRequest(uri: "/v1/session", method: .post, headers: headers, body: nil)
            #expect(again.headers[.setCookie] == nil, "a valid session is kept")
        }
    }

    @Test("the same idempotency key is the same task, with another body a conflict")
    func idempotency() async throws {
        let world = try await ServerWorld()
        let headers: HTTPFields = [
            .authorization: "Bearer \(try await world.token(["task:echo"]))", .init("Idempotency-Key") ?? .date: "k1",
        ]
        try await world.server.application().test(.router) { client in
            let body = ByteBuffer(string: #"{"recipe": "echo", "input": {"word": "a"}}"#)
            let first = try await client.executeRequest(uri: "/v1/tasks", method: .post, headers: headers, body: body)
            let second = try await client.executeRequest(uri: "/v1/tasks", method: .post, headers: headers, body: body)
            #expect(try json(first)["id"] == json(second)["id"])
            let other = try await client.executeRequest(
                uri: "/v1/tasks", method: .post, headers: headers,
                body: ByteBuffer(string: #"{"recipe": "echo", "input": {"word": "b"}}"#))
            #expect(other.status == .conflict)
        }
    }

    @Test("the console is in the binary, under its policy; a sign-in code opens it once")
    func console() async throws {
        let world = try await ServerWorld()
        let code = await world.server.signIn.issue().text
        try await world.server.application().test(.router) { client in
            for path in ["/console", "/console/", "/console/tasks/tk_1"] {
                let page = try await client.executeRequest(uri: path, method: .get, headers: [:], body: nil)
                #expect(page.headers[.contentType] == "text/html; charset=utf-8")
                #expect(page.headers[.contentSecurityPolicy]?.contains("require-trusted-types-for 'script'") == true)
            }
            let missing = try await client.executeRequest(
                uri: "/console/none.js", method: .get, headers: [:], body: nil)
            #expect(missing.status == .notFound)
            let signedIn = try await client.executeRequest(
                uri: "/console/login?code=\(code)", method: .get, headers: [:], body: nil)
            #expect(signedIn.headers[.location] == "/console/")
            let cookie = String(try #require(signedIn.headers[.setCookie]).prefix { $0 != ";" })
            let overview = try await client.executeRequest(
                uri: "/v1/overview", method: .get, headers: [.cookie: cookie], body: nil)
            #expect(overview.status == .ok)
            #expect(try json(overview)["sentence"] == "Footing is running. Nothing goes through it yet.")
            let again = try await client.executeRequest(
                uri: "/console/login?code=\(code)", method: .get, headers: [:], body: nil)
            #expect(again.headers[.location] == "/console/login?failed=code")
            let refused = try await client.executeRequest(
                uri: "/console/login", method: .post, headers: [:], body: ByteBuffer(string: "token=ft_wrong"))
            #expect(refused.status == .unauthorized && refused.headers[.setCookie] == nil)
        }
    }

    @Test("each part of the operator's view answers, and odd queries are told what is allowed")
    func operatorRoutes() async throws {
        let world = try await ServerWorld()
        let headers: HTTPFields = [.authorization: "Bearer \(try await world.token(["admin"]))"]
        try await world.server.application().test(.router) { client in
            for path in ["/v1/overview", "/v1/calls", "/v1/providers", "/v1/providers/rents", "/v1/score", "/v1/tasks"]
            {
                let answer = try await client.executeRequest(uri: path, method: .get, headers: headers, body: nil)
                #expect(answer.status == .ok, "\(path): \(String(buffer: answer.body))")
            }
            for path in [
                "/v1/calls?outcome=great", "/v1/calls?limit=0", "/v1/calls?limit=x", "/v1/tasks?state=odd",
                "/v1/live?topics=gossip",
            ] {
                let answer = try await client.executeRequest(uri: path, method: .get, headers: headers, body: nil)
                #expect(answer.status == .badRequest, "\(path)")
            }
            let score = try await client.executeRequest(uri: "/v1/score", method: .get, headers: headers, body: nil)
            let checks = try #require(try json(score)["checks"]?.arrayValue)
            #expect(checks.count == 8)
            #expect(
                checks.allSatisfy { $0["verdict"] == "not_measured" }, "nothing is claimed before anything happened")
            for path in [
                "/v1/calls/c_none", "/v1/providers/none", "/v1/tasks/tk_none", "/v1/tasks/..%2f..%2fetc/files/passwd",
            ] {
                let answer = try await client.executeRequest(uri: path, method: .get, headers: headers, body: nil)
                #expect(answer.status == .notFound, "\(path)")
            }
        }
    }
}
