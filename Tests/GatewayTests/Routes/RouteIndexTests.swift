import Inventory
import Testing

@testable import Gateway

@Suite("The route index finds operations by method and path")
struct RouteIndexTests {
    private func index(_ routes: [(String, String)]) throws -> RouteIndex {
        RouteIndex(
            try routes.enumerated().map { number, route in
                Operation(name: "o\(number)", method: route.0, path: try PathTemplate(route.1))
            })
    }

    private func match(_ index: RouteIndex, _ method: String, _ path: String) -> RouteIndex.Outcome {
        path.withBytes { index.match(method: method, path: $0) }
    }

    @Test("the most literal operation wins, wherever it stands in the file")
    func specific() throws {
        let index = try index([
            ("GET", "/v1/{kind}/{id}"), ("GET", "/v1/users/{id}"), ("GET", "/v1/users/me"),
            ("GET", "/v1/users/{id}.json"), ("POST", "/v1/users/me"), ("GET", "/v1/{kind}/me"),
        ])
        #expect(match(index, "GET", "/v1/users/me") == .operation(2))
        #expect(match(index, "GET", "/v1/users/7") == .operation(1))
        #expect(match(index, "GET", "/v1/users/7.json") == .operation(3))
        #expect(match(index, "GET", "/v1/cars/me") == .operation(5))
        #expect(match(index, "GET", "/v1/cars/7") == .operation(0))
        #expect(match(index, "POST", "/v1/users/me") == .operation(4))
        #expect(match(index, "GET", "/v1/users") == .pathUnknown)
        #expect(match(index, "GET", "/v1/users/me/x") == .pathUnknown)
        #expect(match(index, "GET", "/v1/users/") == .pathUnknown)
    }

    @Test("a literal that leads nowhere does not hide a parameter that leads on")
    func backtracking() throws {
        let index = try index([("GET", "/a/b/c"), ("GET", "/a/{x}/d"), ("GET", "/{y}/b/{z}")])
        #expect(match(index, "GET", "/a/b/d") == .operation(1))
        #expect(match(index, "GET", "/a/b/e") == .operation(2))
        #expect(match(index, "POST", "/a/b/e") == .methodUnknown)
    }

    @Test("of two parameters with as much fixed text, the path's next segments decide, then the file's order")
    func ties() throws {
        let later = try index([("GET", "/a{x}/{y}"), ("GET", "/{x}b/y")])
        #expect(match(later, "GET", "/a1b/y") == .operation(1))
        #expect(match(later, "GET", "/a1b/z") == .operation(0))
        let same = try index([("GET", "/{x}b"), ("GET", "/a{x}"), ("GET", "/{other}b")])
        #expect(match(same, "GET", "/a1b") == .operation(0))
    }

    @Test("a path that only other methods have is known, and says which methods those are")
    func methods() throws {
        let index = try index([
            ("GET", "/v1/{kind}"), ("PUT", "/v1/rents"), ("DELETE", "/v1/rents"), ("POST", "/v2"),
        ])
        #expect(match(index, "POST", "/v1/rents") == .methodUnknown)
        #expect(match(index, "BREW", "/v1/rents") == .methodUnknown)
        #expect(match(index, "HEAD", "/v1/rents") == .methodUnknown)
        #expect(match(index, "GET", "/v1/rents") == .operation(0))
        #expect(match(index, "POST", "/v1") == .pathUnknown)
        #expect("/v1/rents".withBytes { index.methods(at: $0) } == ["DELETE", "GET", "PUT"])
        #expect("/v1/..".withBytes { index.methods(at: $0) } == [])
        #expect("/v3".withBytes { index.methods(at: $0) } == [])
    }

    @Test("escaped letters are the letters they stand for, in literals and around parameters")
    func escapes() throws {
        let index = try index([("GET", "/v1/r%C3%A4nts/m-{id}.json"), ("GET", "/{a}/{b}/{c}")])
        let path = "/v%31/r%c3%A4nts/%6D-17%2d%C3%BC%2ejson"
        #expect(match(index, "GET", path) == .operation(0))
        #expect(index.parameters(of: 0, target: path, path: 0..<path.utf8.count) == ["id": "17-ü"])
        let other = "/a%20b/%25/c"
        #expect(match(index, "GET", other) == .operation(1))
        #expect(
            index.parameters(of: 1, target: "/p/x" + other, path: 4..<4 + other.utf8.count)
                == ["a": "a b", "b": "%", "c": "c"])
    }

    @Test("a value between fixed texts is never empty and never a dot segment")
    func fixedText() throws {
        let index = try index([("GET", "/m-{id}.json")])
        for path in ["/m-.json", "/m-..json", "/m-...json", "/m-%2e..json", "/m-.;x.json", "/m-json", "/m.json"] {
            #expect(match(index, "GET", path) == .pathUnknown, "\(path)")
        }
        #expect(match(index, "GET", "/m-....json") == .operation(0))
    }

    @Test("an empty path is the root")
    func root() throws {
        let index = try index([("GET", "/"), ("GET", "/v1/")])
        #expect(match(index, "GET", "") == .operation(0))
        #expect(match(index, "GET", "/") == .operation(0))
        #expect(match(index, "GET", "/v1/") == .operation(1))
        #expect(match(index, "GET", "/v1") == .pathUnknown)
        #expect(match(RouteIndex([]), "GET", "/v1") == .pathUnknown)
        #expect(RouteIndex([]).parameters(of: 3, target: "/", path: 0..<1) == [:])
    }

    @Test(
        "a path that could mean something else at the provider is refused",
        arguments: [
            ("v1", PathFault.noSlash), ("/a b", .unusableByte), ("/a\u{7f}", .unusableByte), ("/ä", .unusableByte),
            ("/a\0", .unusableByte), ("/a\tb", .unusableByte), ("/a\\b", .delimiter), ("/a#b", .delimiter),
            ("/a?b", .delimiter), ("/%", .brokenEscape), ("/%4", .brokenEscape), ("/%4/", .brokenEscape),
            ("/%zz", .brokenEscape), ("/%00", .encodedControl), ("/a%0d%0aX:1", .encodedControl),
            ("/%7F", .encodedControl), ("/a%2fb", .encodedSlash), ("/a%2F..", .encodedSlash), ("/%5c", .encodedSlash),
            ("/%ff", .notUTF8), ("/%C3", .notUTF8), ("/%C3/%A4", .notUTF8), ("/%c0%ae", .notUTF8),
            ("/%E0%80%AF", .notUTF8), ("/%ED%A0%80", .notUTF8), ("/%F4%90%80%80", .notUTF8), ("/%80", .notUTF8),
            ("/..", .dotSegment), ("/.", .dotSegment), ("/../a", .dotSegment), ("/a/./b", .dotSegment),
            ("/%2e%2E", .dotSegment), ("/.%2e/a", .dotSegment), ("/..;x", .dotSegment), ("/.%3b/", .dotSegment),
            ("/a/..;", .dotSegment),
        ])
    func refused(path: String, fault: PathFault) throws {
        #expect(match(try index([("GET", "/{a}"), ("GET", "/{a}/{b}")]), "GET", path) == .refused(fault))
    }

    @Test(
        "dots and percent signs that are harmless pass",
        arguments: ["/...", "/.a", "/a..", "/..a", "/;x", "/a;..", "/.well-known", "/%25", "/%252e%252e", "/%E2%82%AC"])
    func harmless(path: String) throws {
        #expect(match(try index([("GET", "/{a}")]), "GET", path) == .operation(0))
    }
}
