import Foundation
import Testing

@testable import Inventory

@Suite("Everything that is wrong is reported at once, with its place")
struct FindingsTests {
    @Test("a misspelt key reads like a compiler's diagnostic")
    func misspelt() throws {
        let operations = "  search:\n    method: GET\n    path: /v1\n    timeuot: 5s\n"
        #expect(
            try findings(["providers/rents.yaml": provider(operations: operations)]) == [
                "footing/providers/rents.yaml:9:5: error: unknown key \"timeuot\" in operation search; "
                    + "did you mean \"timeout\"?"
            ])
    }

    @Test("a misspelt required key is not reported as missing too")
    func misspeltRequired() throws {
        let text = provider(operations: "  search:\n    methd: GET\n    path: /v1\n")
        let found = try findings(["providers/rents.yaml": text])
        #expect(found.count == 1)
        #expect(found.first?.hasSuffix("did you mean \"method\"?") == true)
    }

    @Test("a key like nothing known is answered with the known ones")
    func unknown() throws {
        let found = try findings(["footing.yaml": "project: a\nzebra: 1\n"])
        #expect(
            found == [
                "footing/footing.yaml:2:1: error: unknown key \"zebra\" in footing.yaml; "
                    + "expected one of app, browser, budgets, callers, drain, environment, keep, language, listen, project, secrets, workspace"
            ])
    }

    @Test("times that keep too little, or leave no time to end, are refused")
    func serverTimes() throws {
        let found = try findings([
            "footing.yaml": "project: a\nkeep: { calls: 1m, counts: 7d }\ndrain: { announce: 10s, deadline: 10s }\n"
        ])
        #expect(found.count == 3)
        #expect(found.contains { $0.hasPrefix("footing/footing.yaml:2:") && $0.contains("from 1h to 3660d") })
        #expect(found.contains { $0.hasPrefix("footing/footing.yaml:2:") && $0.contains("from 8d to 3660d") })
        #expect(found.contains { $0.hasPrefix("footing/footing.yaml:3:") && $0.contains("leaves no time") })
    }

    @Test("files cannot outlive their tasks, and sizes are sizes")
    func workspaces() throws {
        let found = try findings([
            "footing.yaml": "project: a\nkeep: { tasks: 2h, artifacts: 3h }\nworkspace: { task: 10MB, tenant: 1MB }\n"
        ])
        #expect(found.count == 2)
        #expect(found.contains { $0.hasPrefix("footing/footing.yaml:2:") && $0.contains("longer than the tasks") })
        #expect(found.contains { $0.hasPrefix("footing/footing.yaml:3:") && $0.contains("leaves less room") })
        for size in ["10", "-1MB", "1.5MB", "999B", "0KB", "99999999999999999999GB", "2000TB", "10 mb"] {
            #expect(try findings(["footing.yaml": "project: a\nworkspace: { task: \"\(size)\" }\n"]).count == 1)
        }
    }

    @Test("broken YAML in one file hides nothing in the others")
    func together() throws {
        let found = try findings([
            "footing.yaml": "project: Bad Name\nlisten: nowhere\n",
            "providers/broken.yaml": "provider: broken\noperations: [\n",
            "providers/rents.yaml": provider("auth: { bearer: missing }\nlimits: { rate: fast }"),
            "recipes/a.yaml": "recipe: a\nsteps:\n  - { name: x, call: rents.serch }\n  - { name: x, wait: long }\n"
                + "  - { name: y, call: broken.anything }\n",
        ])
        let places = found.map { $0.split(separator: ":").prefix(2).joined(separator: ":") }
        #expect(
            places == [
                "footing/footing.yaml:1", "footing/footing.yaml:2", "footing/providers/broken.yaml:3",
                "footing/providers/rents.yaml:4", "footing/providers/rents.yaml:5", "footing/recipes/a.yaml:3",
                "footing/recipes/a.yaml:4",
            ])
        #expect(found.contains { $0.contains("did you mean \"rents.search\"?") })
    }

    @Test("a folder without a project says what is expected")
    func noProject() throws {
        let temporary = try TemporaryProject([:], plain: true)
        let result = temporary.load()
        #expect(result.project == nil)
        #expect(result.findings.map(\.message) == ["there is no footing folder in \(temporary.folder)"])
        #expect(result.findings.first?.expected == "a project folder that contains footing/footing.yaml")
    }

    @Test("a file over 4 MB, one that is not UTF-8 and a folder in a file's place are refused")
    func files() throws {
        let temporary = try TemporaryProject(["providers/big.yaml": String(repeating: "#", count: 4 << 20) + "\n"])
        let folder = temporary.folder + "/footing/providers"
        try Data([0x61, 0x3a, 0xff, 0xfe]).write(to: URL(fileURLWithPath: folder + "/bytes.yaml"))
        try FileManager.default.createDirectory(atPath: folder + "/dir.yaml", withIntermediateDirectories: true)
        let messages = temporary.load().findings.map(\.message)
        #expect(messages == ["the file is larger than 4 MB", "the file is not UTF-8 text", "this is no regular file"])
    }

    @Test(
        "values of footing.yaml",
        arguments: [
            ("{ environment: sandbox }", "lacks \"project\""), ("project: No", "lower-case letters"),
            ("project:", "has no value"),
            ("project: [a]", "is a list"),
            ("environment: produktion", "did you mean \"production\"?"), ("listen: \":80\"", "\"127.0.0.1:8787\""),
            ("listen: \"a:99999\"", "expected a host"), ("app: { folder: ../nothing }", "there is no folder"),
            ("app: {}", "lacks \"folder\""), ("browser: {}", "lacks \"scopes\""), ("secrets: [a]", "is a list"),
            ("browser: { scopes: [admin] }", "anonymous"), ("browser: { scopes: [\"task:a b\"] }", "expected a scope"),
            ("browser: { scopes: [\"call:a\"] }", "expected a scope"), ("browser: { scopes: [], ttl: 8 }", "is 8;"),
            ("browser: { scopes: [], ttl: 90d }", "at most 30d"), ("secrets: { Bad_Name: {} }", "name of a secret"),
            ("browser: { scopes: [\"task:none\"] }", "there is no recipe \"none\""), ("- 1", "the file is a list"),
            ("browser: { scopes: [\"call:none.x\"] }", "no provider \"none\""), ("project: 7", "is 7;"),
            ("browser: { scopes: [\"call:*\"] }", "warning: \"call:*\""),
            ("secrets: { a: { vault: x } }", "unknown key"), ("language: German", "a language tag such as en"),
            ("callers: { token: 5 }", "is 5; expected none, or limits"), ("callers: { tokn: none }", "\"token\"?"),
            ("callers: { token: { rate: 0/1s } }", "expected a rate"), ("budgets: { tenant: {} }", "lacks \"daily\""),
            ("budgets: { tenant: { daily: 20 } }", "an amount and a currency"), ("budgets: { user: 1 }", "unknown key"),
        ])
    func settings(line: String, words: String) throws {
        let isWhole = line.hasPrefix("project") || line.hasPrefix("-") || line.hasPrefix("{")
        let found = try findings(["footing.yaml": isWhole ? line : "project: a\n" + line])
        #expect(found.contains { $0.contains(words) }, "\(found)")
    }

    @Test(
        "values of a provider",
        arguments: [
            ("auth: { bearer: nope }", "the secret \"nope\" is not declared; expected a line \"nope: {}\""),
            ("auth: { header: X, query: y, secret: z }", "both \"header\" and \"query\""), ("auth: {}", "does not say"),
            ("auth: { header: Host, secret: z }", "the name of a header"), ("auth: { header: X }", "lacks \"secret\""),
            ("auth: { bearer: a, secret: b }", "does not go with"), ("auth: { berer: a }", "did you mean \"bearer\"?"),
            ("limits: { rate: 10/1s, burst: 0 }", "from 1 to"), ("limits: { burst: 5 }", "no effect without \"rate\""),
            ("limits: { concurrency: many }", "whole number"), ("limits: { rate: 10 }", "expected a rate"),
            ("timeouts: { connect: 5 }", "expected a time"), ("timeouts: { total: 0s }", "expected a time"),
            ("timeouts: { totl: 5s }", "did you mean \"total\"?"), ("timeout: 5s", "did you mean \"timeouts\"?"),
            ("retries: { attempts: 99 }", "from 1 to 20"), ("retries: { statuses: [200] }", "400 to 599"),
            ("retries: { base: 9s, max: 5s }", "longer than"), ("breaker: { failures: 2 }", "above 0 and up to 1"),
            ("retries: { hedge: {} }", "lacks \"after\""), ("retries: { budget: { share: 0 } }", "above 0"),
            ("breaker: { probes: 0 }", "from 1 to"), ("timeouts: { first_byte: 9s, total: 5s }", "longer than"),
            ("limits: { zone: CET, daily: 5 }", "UTC or an offset"), ("limits: { zone: UTC }", "without \"daily\""),
            ("limits: { hold: 2d }", "at most 1d"), ("limits: { queue: -1 }", "from 0 to"),
            ("errors: { a: b }", "expected a list"), ("errors: [ { when: {}, code: a, text: b } ]", "says neither"),
            ("errors: [ { code: a, text: b } ]", "lacks \"when\""), ("owner: { contact: a }", "lacks \"name\""),
            ("errors: [ { when: { status: 404 }, code: A-B, text: b } ]", "place_not_found"),
            ("errors: [ { when: { status: 404, field: $.a }, code: a, text: b } ]", "no effect without \"code\""),
            ("errors: [ { when: { status: 404 }, code: a, text: b, texts: { German: x } } ]", "language tag"),
            ("errors: [ { when: { status: 404 }, code: a, text: b, caller: yes } ]", "true or false"),
            ("status_page: nowhere", "https://"), ("auth: yes", "cannot be used"),
        ])
    func providers(line: String, words: String) throws {
        let found = try findings(["providers/rents.yaml": provider(line)])
        #expect(found.contains { $0.contains(words) && $0.hasPrefix("footing/providers/rents.yaml:4:") }, "\(found)")
    }

    @Test(
        "addresses of environments",
        arguments: [
            (
                "sandbox: { url: \"http://127.0.0.1:1\" }, production: { url: \"http://api.example.com\" }",
                "not encrypted"
            ),
            ("sandbox: { url: \"http://api.example.com\" }, production: { url: \"http://[::1]\" }", ""),
            ("sandbox: { url: \"ftp://a.b\" }", "http or https"),
            ("sandbox: { url: \"https://u:p@a.b\" }", "credentials"),
            ("sandbx: { url: \"https://a.b\" }", "did you mean \"sandbox\"?"), ("sandbox: {}", "lacks \"url\""),
            ("production: { url: \"https://a.b\" }", "has no environment \"sandbox\""),
            ("sandbox: https://a.b", "a mapping"),
        ])
    func environments(entry: String, words: String) throws {
        let text = "provider: p\nenvironments: { \(entry) }\noperations: { a: { method: GET, path: /a } }\n"
        let found = try findings(["providers/p.yaml": text])
        if words.isEmpty { return #expect(found.isEmpty) }
        #expect(found.contains { $0.contains(words) && $0.hasPrefix("footing/providers/p.yaml:2:") }, "\(found)")
    }

    @Test(
        "values of an operation",
        arguments: [
            ("method: FETCH, path: /a", "one of GET"), ("method: GTE, path: /a", "did you mean \"GET\"?"),
            ("method: GET", "lacks \"path\""), ("path: /a", "lacks \"method\""),
            ("method: GET, path: a", "begins with"),
            ("method: GET, path: /a, risk: reads", "did you mean \"read\"?"),
            ("method: GET, path: /a, latency: 5s", "fast, slow"),
            ("method: GET, path: /a, drift: warn", "ignore, record, alert, fail"),
            ("method: GET, path: /a, drift: { unknown: record }", "unknown key \"unknown\" in drift of operation x"),
            ("method: GET, path: /a, drift: { enum: warn }", "ignore, record, alert, fail"),
            ("method: GET, path: /a, responses: { 6xx: true }", "\"default\""),
            ("method: GET, path: /a, responses: { 404: contracts/no.json }", "no file \"footing/contracts/no.json\""),
            ("method: GET, path: /a, idempotency: \"a b\"", "Idempotency-Key"),
            ("method: GET, path: /a, cost: 1", "\"0.002 USD\""),
            ("method: GET, path: /a, response: x.txt", "JSON Schema"),
            ("method: GET, path: /a, response: contracts/no.json", "no file \"footing/contracts/no.json\""),
            ("method: GET, path: /a, response: ../x.json", "without \"..\""),
            ("method: GET, path: /a, response: /etc/x.json", "without \"..\""),
            ("method: GET, path: /a, response: [1]", "is a list"),
            ("method: GET, path: /a, model: { rent: median }", "\"$.median_rent\""),
            ("method: GET, path: /a, model: { jq: ., x: $.a }", "\"jq\" alone"),
            ("method: GET, path: /a, example: { quer: {} }", "did you mean \"query\"?"),
            ("method: GET, path: /a, examples: { few: { quer: {} } }", "did you mean \"query\"?"),
            ("method: GET, path: /a, examples: { Few: {} }", "\"Few\" cannot be the name of an example"),
            ("method: GET, path: /a, examples: { few: contracts/no.json }", "no file \"footing/contracts/no.json\""),
            ("method: GET, path: /a, examples: { few: 7 }", "a mapping or the name of a file"),
            ("method: GET, path: /a, examples: [{}]", "a mapping"),
            ("method: GET, path: /a, example: {}, examples: { example: {} }", "is taken by \"example\""),
            (
                "method: GET, path: \"/a/{b}\", request: { path: { properties: { c: {} } } }",
                "parameter \"b\" is missing"
            ),
            ("method: GET, path: \"/a/{bc}\", request: { path: { properties: { bd: {} } } }", "did you mean \"bc\"?"),
            ("method: POST, path: /a, risk: write", "warning: operation x is a write without \"idempotency\""),
            ("method: POST, path: /a, risk: payment", "it will never be retried"),
            ("method: POST, path: /a", "warning"),
            ("method: DELETE, path: /a, risk: read", "warning: operation x is a DELETE with risk read"),
            ("method: POST, path: /a, risk: write, idempotency: none", ""),
            ("method: POST, path: /a, risk: write, idempotency: Idempotency-Key", ""),
        ])
    func operations(entry: String, words: String) throws {
        let found = try findings(["providers/rents.yaml": provider(operations: "  x: { \(entry) }\n")])
        if words.isEmpty { return #expect(found.isEmpty) }
        #expect(found.contains { $0.contains(words) && $0.hasPrefix("footing/providers/rents.yaml:6:") }, "\(found)")
    }

    @Test("a cost in a currency that no budget is in is pointed out")
    func foreignCost() throws {
        let operations = "  a: { method: GET, path: /a, cost: 1 EUR }\n  b: { method: GET, path: /b, cost: 1 USD }\n"
        let found = try findings([
            "footing.yaml": "project: a\nbudgets: { tenant: { daily: 20 USD } }\n",
            "providers/rents.yaml": provider(operations: operations),
        ])
        #expect(found.count == 1)
        #expect(found.first?.contains("the cost of operation a is in EUR, and no budget is") == true)
    }

    @Test("two operations with the same method and shape of path are told apart by no request")
    func twins() throws {
        let operations = "  a: { method: GET, path: \"/x/{b}\" }\n  b: { method: GET, path: \"/x/{c}\" }\n"
        let found = try findings(["providers/rents.yaml": provider(operations: operations)])
        #expect(found.count == 1)
        #expect(found.first?.contains("operation b has the same method and path as a (line 6)") == true)
    }

    @Test("a name given twice in different files is found in the second")
    func sameNames() throws {
        let recipe = "recipe: a\nsteps: [ { name: x, wait: 1s } ]\n"
        let found = try findings([
            "providers/a.yaml": provider(), "providers/b.yaml": provider(), "recipes/a.yaml": recipe,
            "recipes/b.yml": recipe,
        ])
        #expect(found.count == 2)
        #expect(found.first?.hasPrefix("footing/providers/b.yaml:1:1: error: the provider \"rents\"") == true)
        #expect(found.last?.hasPrefix("footing/recipes/b.yml:1:1: error: the recipe \"a\"") == true)
    }

    @Test("files are read through links, and a link that leads in a circle is no file")
    func links() throws {
        let temporary = try TemporaryProject(["real.txt": provider()])
        let folder = temporary.folder + "/footing/providers"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: folder + "/a.yaml", withDestinationPath: "../link")
        try FileManager.default.createSymbolicLink(
            atPath: temporary.folder + "/footing/link", withDestinationPath: "real.txt")
        #expect(temporary.load().project?.providers.map(\.name) == ["rents"])
        try FileManager.default.createSymbolicLink(atPath: folder + "/b.yaml", withDestinationPath: "b.yaml")
        #expect(temporary.load().findings.map(\.file) == ["footing/providers/b.yaml"])
    }

    @Test("a broken contract file is reported once, at its own line")
    func contract() throws {
        let operations = """
              a: { method: GET, path: /a, response: contracts/x.json }
              b: { method: GET, path: /b, response: contracts/x.json }
            """
        let found = try findings([
            "providers/rents.yaml": provider(operations: operations), "contracts/x.json": "{\n  \"type\": object\n}\n",
        ])
        #expect(found == ["footing/contracts/x.json:2:11: error: broken JSON: not a JSON value"])
    }
}
