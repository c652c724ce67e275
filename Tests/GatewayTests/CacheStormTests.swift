import Inventory
import NIOCore
import Store
import TestSupport
import Testing
import Wire

@testable import Gateway

@Suite("Whatever callers and providers do")
struct CacheStormTests {
    private static let vendor: [FieldList] = [
        [:], [.cacheControl: "max-age=5"], [.cacheControl: "no-store"], [.cacheControl: "no-cache", .etag: "\"a\""],
        [.vary: "accept-language"], [.vary: "*"], [.etag: "\"a\"", .cacheControl: "max-age=1"], [.setCookie: "x"],
        [.cacheControl: "max-age=-1,max-age=9 9", .age: "99999999999999999999"], [.expires: "0"],
    ]
    private static let caller: [FieldList] = [
        [:], [.acceptLanguage: "de"], [.acceptLanguage: "fr"], [.cacheControl: "no-cache"], [.ifNoneMatch: "\"a\""],
        [.cacheControl: "max-age=2"], [.cacheControl: "only-if-cached"],
    ]

    @Test("everyone who waits is told exactly once, and the memory stays within its bounds", arguments: 0..<20)
    func storm(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let world = CacheWorld(CacheBounds(bytes: 8000, entries: 6, body: 1000))
        world.rules = CacheRules(
            lifetime: .seconds(10), staleIfError: .seconds(20), staleWhileRevalidate: .seconds(3))
        var fetches: [CacheFetch] = []
        var waiting: [(mail: CacheMail, seat: CacheSeat)] = []
        var mails: [(mail: CacheMail, hasLeft: Bool)] = []

        func collect() {
            for entry in waiting {
                if let fetch = entry.mail.handOver() { fetches.append(fetch) }
                if entry.mail.count > 0 { mails.append((entry.mail, false)) }
            }
            waiting.removeAll { $0.mail.count > 0 }
        }
        func end(_ fetch: CacheFetch) throws {
            let fields = Self.vendor.randomElement(using: &random) ?? [:]
            switch Int.random(in: 0..<8, using: &random) {
            case 0: fetch.abandon()
            case 1: fetch.decline([.size, .unusable].randomElement(using: &random) ?? .size, at: world.moment)
            case 2:
                let problem = Problem(
                    "provider_timeout", source: [.provider, .caller].randomElement(using: &random) ?? .caller,
                    status: 504, title: "", detail: "", isRetryable: true)
                _ = fetch.failed(problem, wasAnswered: Bool.random(using: &random), at: world.moment)
            case 3: try world.answer(fetch, status: 304, fields, body: "")
            case 4: try world.answer(fetch, fields, body: String(repeating: "x", count: 2000))
            case 5: break
            default: try world.answer(fetch, fields, body: String(repeating: "x", count: 700))
            }
        }

        for _ in 0..<600 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0...5:
                let mail = CacheMail()
                let path = ["/a", "/b", "/c", "/d"].randomElement(using: &random) ?? "/a"
                let fields = Self.caller.randomElement(using: &random) ?? [:]
                let method = Int.random(in: 0..<8, using: &random) == 0 ? "HEAD" : "GET"
                switch try world.look(world.request(path, method: method, fields: fields), mail) {
                case .fetch(let fetch): fetches.append(fetch)
                case .wait(let seat): waiting.append((mail, seat))
                case .answer(_, let refresh): if let refresh { fetches.append(refresh) }
                case .bypass, .refused: break
                }
            case 6, 7:
                guard !fetches.isEmpty else { continue }
                try end(fetches.remove(at: Int.random(in: 0..<fetches.count, using: &random)))
            case 8: world.pass(.milliseconds(Int64.random(in: 0..<4000, using: &random)))
            default:
                if Bool.random(using: &random) {
                    world.cache.invalidate(provider: "rents", path: "/a")
                } else if let entry = waiting.popLast() {
                    #expect(world.cache.leave(entry.seat) == (entry.mail.count == 0))
                    mails.append((entry.mail, entry.mail.count == 0))
                }
            }
            collect()
            #expect(world.cache.census().bytes <= 8000)
            #expect(world.cache.census().entries <= 6)
        }
        while !fetches.isEmpty {
            try end(fetches.removeLast())
            collect()
        }
        #expect(waiting.isEmpty)
        #expect(mails.allSatisfy { $0.mail.count == ($0.hasLeft ? 0 : 1) })
        world.cache.purge()
        #expect(world.cache.census().bytes == 0)
    }
}
