import Contracts
import Inventory
import NIOCore
import Testing
import Wire

@testable import Gateway

@Suite("Which calls share an answer")
struct CacheKeyTests {
    private let world = CacheWorld()

    @Test("the same read is answered without asking")
    func same() throws {
        try world.call(world.request())
        let answer = try world.call(world.request(), body: "other")
        #expect(world.asked == 1)
        #expect(answer.text == "{}")
    }

    @Test("parameters in another order and escapes written otherwise are the same read")
    func canonical() throws {
        try world.call(world.request(query: "b=2&a=%7e1&a=0"))
        #expect(try world.isKept(world.request(query: "a=~1&b=2&a=0")))
        #expect(try !world.isKept(world.request(query: "a=0&a=~1&b=2")))
        try world.call(world.request("/v1/a%2Db/%c3%a4"))
        #expect(try world.isKept(world.request("/v1/a-b/%C3%A4")))
    }

    @Test("an escape that means something stays one", arguments: ["%2F", "%26", "%3D", "%25", "%", "%4", "%zz"])
    func escapes(text: String) throws {
        #expect(CanonicalText.path("/a\(text)/b") == "/a\(text)/b")
        #expect(CanonicalText.query("x=\(text)&y") == "x=\(text)&y")
    }

    @Test("another path, query, method or tenant is another read")
    func others() throws {
        try world.call(world.request())
        #expect(try !world.isKept(world.request("/v1/rents/wedding")))
        #expect(try !world.isKept(world.request(query: "deep=1")))
        #expect(try !world.isKept(world.request(tenant: "other")))
        #expect(try !world.isKept(world.request("/V1/rents/mitte")))
    }

    @Test("tenants share only what the inventory says everyone may share")
    func everyone() throws {
        world.rules = CacheRules(lifetime: .seconds(60), scope: .everyone)
        try world.call(world.request())
        #expect(try world.isKept(world.request(tenant: "other")))
    }

    @Test("the typed form and the pass-through do not share: one has the model, the other the vendor's payload")
    func forms() throws {
        try world.call(world.request(input: ["path": ["area": "mitte"]]))
        #expect(try !world.isKept(world.request()))
        #expect(try world.isKept(world.request(input: ["path": ["area": "mitte"]])))
    }

    @Test("a typed read that is a POST is known by its body, in whatever order its members come")
    func bodies() throws {
        let body: JSONValue = ["from": ["lat": 52.5, "lon": 13.4], "to": ["a", "b"]]
        let turned: JSONValue = ["to": ["a", "b"], "from": ["lon": 13.4, "lat": 52.5]]
        try world.call(world.request(method: "POST", input: ["body": body]))
        #expect(try world.isKept(world.request(method: "POST", input: ["body": turned])))
        let other: JSONValue = ["from": ["lat": 52.5, "lon": 13.4], "to": ["b", "a"]]
        #expect(try !world.isKept(world.request(method: "POST", input: ["body": other])))
    }

    @Test("a POST of the pass-through, other methods and large bodies are not kept")
    func never() {
        let rules = CacheRules(lifetime: .seconds(60))
        func request(_ method: String, _ input: JSONValue? = nil) -> CacheRequest? {
            CacheRequest(
                rules, provider: "rents", tenant: "acme", method: method, path: "/", query: nil, fields: [:],
                input: input)
        }
        #expect(request("POST") == nil)
        #expect(request("DELETE") == nil)
        #expect(request("PUT", [:]) == nil)
        #expect(request("POST", ["body": .string(String(repeating: "x", count: 5000))]) == nil)
    }

    @Test("HEAD is answered from what GET brought, and brings nothing itself")
    func head() throws {
        guard case .bypass = try world.look(world.request(method: "HEAD")) else {
            Issue.record("HEAD must be asked")
            return
        }
        try world.call(world.request(), [.contentType: "application/json"], body: "{\"a\":1}")
        guard case .answer(let answer, _) = try world.look(world.request(method: "HEAD")) else {
            Issue.record("HEAD must be answered")
            return
        }
        #expect(answer.body.readableBytes == 0)
        #expect(answer.head.length == .exactly(7))
        #expect(answer.head.fields[.contentType] == "application/json")
    }

    @Test("answers that depend on a request field are told apart by it")
    func vary() throws {
        let german: FieldList = [.acceptLanguage: "de, en"]
        try world.call(world.request(fields: german), [.vary: "Accept-Language"], body: "Miete")
        try world.call(world.request(fields: [.acceptLanguage: "fr"]), [.vary: "accept-language"], body: "loyer")
        #expect(try world.call(world.request(fields: german)).text == "Miete")
        #expect(try world.call(world.request(fields: [.acceptLanguage: "de,en"])).text == "Miete")
        #expect(try world.call(world.request(fields: [.acceptLanguage: "de", .acceptLanguage: "en"])).text == "Miete")
        #expect(try world.call(world.request(fields: [.acceptLanguage: "fr"])).text == "loyer")
        #expect(try !world.isKept(world.request()))
        #expect(world.asked == 2)
    }

    @Test("the inventory names fields that the provider forgets")
    func inventoryVary() throws {
        world.rules = CacheRules(lifetime: .seconds(60), vary: ["x-region"])
        let region = try #require(FieldName("X-Region"))
        try world.call(world.request(fields: [region: "eu"]))
        #expect(try world.isKept(world.request(fields: [region: "eu"])))
        #expect(try !world.isKept(world.request(fields: [region: "us"])))
    }

    @Test("a compressed answer goes only to callers that accept the same codings")
    func coding() throws {
        try world.call(world.request(fields: [.acceptEncoding: "gzip"]), [.contentEncoding: "gzip"])
        #expect(try !world.isKept(world.request()))
        #expect(try world.isKept(world.request(fields: [.acceptEncoding: "gzip"])))
    }

    @Test("one read cannot fill the memory with variants of itself")
    func manyVariants() throws {
        for number in 0..<100 {
            try world.call(world.request(fields: [.acceptLanguage: "l\(number)"]), [.vary: "Accept-Language"])
        }
        #expect(world.cache.census().entries == 16)
    }

    @Test("what was not asked for the longest goes first when the entries are full")
    func recency() throws {
        let world = CacheWorld(CacheBounds(bytes: 1 << 20, entries: 3, body: 1 << 10))
        for name in ["/a", "/b", "/c"] { try world.call(world.request(name)) }
        #expect(try world.isKept(world.request("/a")))
        try world.call(world.request("/d"))
        #expect(try world.isKept(world.request("/a")))
        #expect(try !world.isKept(world.request("/b")))
        #expect(world.cache.census().entries == 3)
    }

    @Test("the bytes kept stay within their bounds")
    func bytes() throws {
        let world = CacheWorld(CacheBounds(bytes: 10_000, entries: 1000, body: 4000))
        for number in 0..<50 { try world.call(world.request("/\(number)"), body: String(repeating: "x", count: 3000)) }
        #expect(world.cache.census().bytes <= 10_000)
        #expect(world.cache.census().entries == 2)
        #expect(world.cache.purge() == 2)
        #expect(world.cache.census().bytes == 0)
    }

    @Test("a kept body does not hold the buffer it was read from")
    func slices() throws {
        let large = ByteBuffer(repeating: 0x20, count: 1 << 20)
        let slice = try #require(large.getSlice(at: 100, length: 10))
        let fetch = try world.fetch(world.request())
        guard case .keep = fetch.arrived(ResponseHead(status: 200), asked: world.moment, at: world.moment) else {
            Issue.record("not kept")
            return
        }
        _ = fetch.finished(status: 200, fields: [:], body: slice, at: world.moment)
        #expect(try world.call(world.request()).body.capacity < 4096)
    }
}
