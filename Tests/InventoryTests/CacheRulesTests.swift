import Testing

@testable import Inventory

@Suite("Which answers may be kept")
struct CacheRulesTests {
    private func load(_ operation: String) throws -> LoadResult {
        try TemporaryProject([
            "footing.yaml": "project: test\n",
            "providers/rents.yaml": """
            provider: rents
            environments: { sandbox: { url: "http://127.0.0.1:9" } }
            operations:
              x: { \(operation) }
            """,
        ]).load()
    }

    @Test("all keys are read")
    func full() throws {
        let result = try load(
            "method: GET, path: /a, cache: { for: 60s, stale_if_error: 1h, stale_while_revalidate: 10s, "
                + "vary: [X-B, Accept-Language, x-b], shared: everyone }")
        #expect(
            result.project?.operation(provider: "rents", named: "x")?.cache
                == CacheRules(
                    lifetime: .seconds(60), staleIfError: .seconds(3600), staleWhileRevalidate: .seconds(10),
                    vary: ["accept-language", "x-b"], scope: .everyone))
    }

    @Test("a time is enough: nothing stale, nothing beyond the tenant")
    func short() throws {
        let result = try load("method: POST, path: /a, risk: read, cache: { for: 5m }")
        #expect(
            result.project?.operation(provider: "rents", named: "x")?.cache == CacheRules(lifetime: .seconds(300)))
    }

    @Test("nothing is kept unless it is said")
    func none() throws {
        #expect(try load("method: GET, path: /a").project?.operation(provider: "rents", named: "x")?.cache == nil)
    }

    @Test(
        "what cannot be kept is refused with its reason",
        arguments: [
            ("method: POST, path: /a, idempotency: none, cache: { for: 1m }", "x is a write: only answers of reads"),
            ("method: POST, path: /a, risk: payment, idempotency: none, cache: { for: 1m }", "x is a payment: only"),
            ("method: HEAD, path: /a, cache: { for: 1m }", "answers to HEAD cannot be kept"),
            ("method: GET, path: /a, cache: {}", "lacks \"for\""),
            ("method: GET, path: /a, cache: 60s", "expected a mapping"),
            ("method: GET, path: /a, cache: { for: 0s }", "\"for\" is \"0s\""),
            ("method: GET, path: /a, cache: { for: 31d }", "at most 30d"),
            ("method: GET, path: /a, cache: { for: 1m, shared: all }", "expected one of tenant, everyone"),
            ("method: GET, path: /a, cache: { for: 1m, vary: \"*\" }", "expected a list"),
            ("method: GET, path: /a, cache: { for: 1m, vary: [\"*\"] }", "the name of a request field"),
            ("method: GET, path: /a, cache: { for: 1m, vary: [Cookie] }", "never reaches the provider"),
            ("method: GET, path: /a, cache: { for: 1m, stale: 1m }", "unknown key \"stale\""),
        ])
    func faults(operation: String, words: String) throws {
        let found = try load(operation).findings.map(\.description)
        #expect(found.contains { $0.contains(words) }, "\(found)")
    }
}
