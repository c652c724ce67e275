import Testing

@testable import Inventory

@Suite("A path template recognises request paths and writes new ones")
struct PathTemplateTests {
    @Test("a parameter takes the decoded text between two slashes")
    func match() throws {
        let template = try PathTemplate("/v1/rents/{area}")
        #expect(template.match("/v1/rents/mitte") == ["area": "mitte"])
        #expect(template.match("/v1/rents/Prenzlauer%20Berg") == ["area": "Prenzlauer Berg"])
        #expect(template.match("/v1/rents/%C3%BC") == ["area": "ü"])
        #expect(template.match("/v1/r%65nts/mitte") == ["area": "mitte"])
        for path in ["/v1/rents", "/v1/rents/", "/v1/rents/a/b", "v1/rents/a", "/v1/Rents/a", ""] {
            #expect(template.match(path) == nil, "\(path)")
        }
    }

    @Test(
        "a path that could leave its place is never matched",
        arguments: [
            "/v1/rents/..", "/v1/rents/.", "/v1/rents/%2e%2e", "/v1/rents/%2E.", "/v1/rents/a%2f..%2fb", "/v1/../{x}",
            "/v1/rents/a%5c..%5cb", "/v1/rents/..;x", "/v1/rents/%00", "/v1/rents/a%0d%0ab", "/v1/rents/%zz",
            "/v1/rents/%4", "/v1/rents/%ff", "/v1/rents/%",
        ])
    func hostile(path: String) throws {
        #expect(try PathTemplate("/v1/rents/{area}").match(path) == nil)
        #expect(try PathTemplate("/{a}/{b}/{c}").match(path) == nil)
    }

    @Test("fixed text around a parameter must be met and is taken off")
    func suffix() throws {
        let template = try PathTemplate("/messages/m-{id}.json")
        #expect(template.match("/messages/m-17.json") == ["id": "17"])
        #expect(template.match("/messages/m-.json") == nil)
        #expect(template.match("/messages/m-17.xml") == nil)
        #expect(template.match("/messages/m-...json") == nil)
    }

    @Test("writing escapes values and refuses those that would change the path")
    func expand() throws {
        let template = try PathTemplate("/v1/rents/{area}/x%20y")
        #expect(template.expand(["area": "a/b?ü"]) == "/v1/rents/a%2Fb%3F%C3%BC/x%20y")
        for value in ["", "..", ".", "a/../b", "\n"] { #expect(template.expand(["area": value]) == nil) }
        #expect(template.expand([:]) == nil)
        let path = try #require(template.expand(["area": "100% Ärger"]))
        #expect(template.match(path) == ["area": "100% Ärger"])
    }

    @Test("the most literal operation wins, wherever it stands in the file")
    func specific() throws {
        func operation(_ name: String, _ path: String, _ method: String = "GET") throws -> Operation {
            Operation(name: name, method: method, path: try PathTemplate(path))
        }
        let provider = Provider(
            name: "p",
            operations: [
                try operation("any", "/v1/{kind}/{id}"), try operation("one", "/v1/users/{id}"),
                try operation("me", "/v1/users/me"), try operation("file", "/v1/users/{id}.json"),
                try operation("post", "/v1/users/me", "POST"), try operation("late", "/v1/{kind}/me"),
            ])
        #expect(provider.match(method: "GET", path: "/v1/users/me")?.operation.name == "me")
        #expect(provider.match(method: "GET", path: "/v1/users/7")?.operation.name == "one")
        #expect(provider.match(method: "GET", path: "/v1/users/7.json")?.operation.name == "file")
        #expect(provider.match(method: "GET", path: "/v1/cars/me")?.operation.name == "late")
        #expect(provider.match(method: "GET", path: "/v1/cars/7")?.parameters == ["kind": "cars", "id": "7"])
        #expect(provider.match(method: "POST", path: "/v1/users/me")?.operation.name == "post")
        #expect(provider.match(method: "DELETE", path: "/v1/users/me") == nil)
    }

    @Test(
        "a template that makes no sense says what is wrong",
        arguments: [
            ("v1", "begins with"), ("/a/{b", "no \"}\""), ("/a/b}", "no \"{\""), ("/a/{}", "parameter name"),
            ("/{a}/{a}", "occurs twice"), ("/{a}{b}", "only one"), ("/a?b", "request.query"), ("/a/../b", "no \".\""),
            ("/a/%2e%2e", "no \".\""), ("/%f", "percent escape"), ("/}a{", "no \"}\""),
        ])
    func faults(text: String, words: String) {
        do {
            _ = try PathTemplate(text)
            Issue.record("no error")
        } catch {
            #expect(error.description.contains(words), "\(error)")
        }
    }
}
