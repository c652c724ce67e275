import Store
import Testing

@testable import Access

@Suite("Token cache")
struct TokenCacheTests {
    private func record(_ number: Int) -> TokenRecord {
        TokenRecord(
            id: "t_\(number)", name: "a", hash: "h\(number)", scopes: ["admin"], tenant: "main",
            created: Timestamp(milliseconds: 0), expires: nil)
    }

    private func keep(_ number: Int, in cache: inout TokenCache, now: Duration) {
        let record = record(number)
        cache.keep(record, Caller(record), now: now, generation: cache.generation)
    }

    @Test("an entry is believed for its lifetime only")
    func lifetime() {
        var cache = TokenCache(limit: 4, lifetime: .seconds(5))
        keep(1, in: &cache, now: .seconds(10))
        #expect(cache.find("h1", now: .seconds(14))?.record.id == "t_1")
        #expect(cache.find("h1", now: .seconds(15)) == nil)
        #expect(cache.count == 0)
    }

    @Test("it never grows beyond its limit, and stale entries go first")
    func bounded() {
        var cache = TokenCache(limit: 4, lifetime: .seconds(5))
        for number in 1...3 { keep(number, in: &cache, now: .zero) }
        keep(4, in: &cache, now: .seconds(4))
        keep(5, in: &cache, now: .seconds(6))
        #expect(cache.count == 2 && cache.find("h4", now: .seconds(6)) != nil)
        for number in 6...100 {
            keep(number, in: &cache, now: .seconds(6))
            #expect(cache.count <= 4 && cache.find("h\(number)", now: .seconds(6)) != nil)
        }
    }

    @Test("a look-up that began before a revocation is not kept")
    func race() {
        var cache = TokenCache(limit: 4, lifetime: .seconds(5))
        let generation = cache.generation
        cache.forget(id: "t_1")
        cache.keep(record(1), Caller(record(1)), now: .zero, generation: generation)
        #expect(cache.find("h1", now: .zero) == nil)
    }
}
