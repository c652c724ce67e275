import Contracts
import Inventory
import NIOCore
import Store
import Testing
import Wire

@testable import Gateway

@Suite("What callers get from the cache")
struct CacheAnswerTests {
    private let world = CacheWorld()

    @Test("an answer from the cache says how old it is and how long it lasts (RFC 9211)")
    func status() throws {
        let first = try world.call(world.request())
        #expect(first.told == "footing; fwd=miss; stored; ttl=60")
        #expect(first.age == nil)
        world.pass(.seconds(18))
        let second = try world.call(world.request())
        #expect(second.told == "footing; hit; ttl=42")
        #expect(second.age == "18")
        #expect(second.status.word == "hit")
    }

    @Test("the age an answer arrived with goes on")
    func age() throws {
        try world.call(world.request(), [.cacheControl: "max-age=300", .age: "100"])
        world.pass(.seconds(20))
        #expect(try world.call(world.request()).age == "120")
    }

    @Test("an answer is fresh until its time, and not a moment longer")
    func expiry() throws {
        try world.call(world.request())
        world.pass(.milliseconds(59_999))
        #expect(try world.isKept(world.request()))
        world.pass(.milliseconds(1))
        #expect(try !world.isKept(world.request()))
    }

    @Test("cookies, ages and statuses of the provider are not given out again")
    func dropped() throws {
        let fields: FieldList = [
            .contentType: "text/plain", .age: "3", .cacheStatus: "theirs; hit", .cacheControl: "max-age=50",
        ]
        try world.call(world.request(), fields)
        let answer = try world.call(world.request())
        #expect(answer.head.fields.values(.age).count == 1)
        #expect(answer.head.fields.values(.cacheStatus) == ["footing; hit; ttl=47"])
        #expect(answer.head.fields[.contentType] == "text/plain")
    }

    @Test("a caller that has the answer is told so")
    func conditions() throws {
        let modified = "Mon, 23 Nov 2026 12:00:00 GMT"
        let fields: FieldList = [
            .etag: "\"v1\"", .lastModified: modified, .contentType: "text/plain", .cacheControl: "max-age=30",
        ]
        try world.call(world.request(), fields, body: "long")
        for known in ["\"v1\"", "W/\"v1\"", "\"v0\", \"v1\"", "*", "\"a,b\",\"v1\""] {
            let answer = try world.call(world.request(fields: [.ifNoneMatch: known]))
            #expect(answer.head.status == 304, "\(known)")
            #expect(answer.body.readableBytes == 0)
            #expect(answer.head.fields[.contentType] == nil)
            #expect(answer.head.fields[.etag] == "\"v1\"")
            #expect(answer.head.fields[.cacheControl] == "max-age=30")
        }
        #expect(try world.call(world.request(fields: [.ifNoneMatch: "\"v2\""])).head.status == 200)
        #expect(try world.call(world.request(fields: [.ifModifiedSince: modified])).head.status == 304)
        #expect(
            try world.call(world.request(fields: [.ifModifiedSince: "Sun, 22 Nov 2026 12:00:00 GMT"])).head.status
                == 200)
        // The tag decides where both are there.
        #expect(
            try world.call(world.request(fields: [.ifNoneMatch: "\"v2\"", .ifModifiedSince: modified])).head.status
                == 200)
        #expect(try world.call(world.request(fields: [.ifModifiedSince: "yesterday"])).head.status == 200)
    }

    @Test("the caller that asks the provider is told 304 too, while the whole answer is kept")
    func conditionsOfTheFirst() throws {
        let fetch = try world.fetch(world.request(fields: [.ifNoneMatch: "\"v1\""]))
        var fields: FieldList = [.ifNoneMatch: "\"v1\"", .ifModifiedSince: "x", .accept: "*/*"]
        fetch.prepare(&fields)
        #expect(!fields.contains(.ifNoneMatch))
        #expect(!fields.contains(.ifModifiedSince))
        #expect(fields.contains(.accept))
        #expect(try world.answer(fetch, [.etag: "\"v1\""], body: "whole").head.status == 304)
        #expect(try world.call(world.request()).text == "whole")
    }

    @Test("a typed call gets its value, never a 304")
    func typed() throws {
        try world.call(world.request(input: [:]), [.etag: "\"v1\""])
        let answer = try world.call(world.request(fields: [.ifNoneMatch: "\"v1\""], input: [:]))
        #expect(answer.head.status == 200)
        #expect(answer.text == "{}")
    }

    @Test("a stale answer that still holds is not sent again by the provider")
    func revalidation() throws {
        try world.call(world.request(), [.etag: "\"v1\"", .lastModified: world.date()], body: "long")
        world.pass(.seconds(61))
        let fetch = try world.fetch(world.request())
        var fields: FieldList = [:]
        fetch.prepare(&fields)
        #expect(fields[.ifNoneMatch] == "\"v1\"")
        #expect(fields[.ifModifiedSince] == world.date(ago: .seconds(61)))
        let answer = try world.answer(fetch, status: 304, [.cacheControl: "max-age=20"], body: "")
        #expect(answer.head.status == 200)
        #expect(answer.text == "long")
        #expect(answer.told == "footing; fwd=stale; fwd-status=304; ttl=20")
        world.pass(.seconds(19))
        let later = try world.call(world.request())
        #expect(later.text == "long")
        #expect(later.head.fields[.cacheControl] == "max-age=20")
        #expect(later.age == "19")
    }

    @Test("an answer that says no-cache is checked every time")
    func noCache() throws {
        try world.call(world.request(), [.etag: "\"v1\"", .cacheControl: "no-cache"])
        for _ in 0..<3 {
            let fetch = try world.fetch(world.request())
            let answer = try world.answer(fetch, status: 304, [.etag: "\"v1\""], body: "")
            #expect(answer.text == "{}")
        }
        #expect(world.cache.census().providers["rents"]?.revalidated == 3)
    }

    @Test("a 304 about another answer, or one that is not to be kept, ends what was kept")
    func strange() throws {
        for fields: FieldList in [[.etag: "\"v2\""], [.cacheControl: "no-store"], [.vary: "*"], [.setCookie: "a=b"]] {
            try world.call(world.request(), [.etag: "\"v1\""])
            world.pass(.seconds(61))
            let fetch = try world.fetch(world.request())
            #expect(try world.answer(fetch, status: 304, fields, body: "").text == "{}")
            #expect(world.cache.census().entries == 0)
        }
    }

    @Test("a 304 that nobody asked for is not kept")
    func unasked() throws {
        let answer = try world.call(world.request(), status: 304, [.etag: "\"v1\""], body: "")
        #expect(answer.head.status == 304)
        #expect(try !world.isKept(world.request()))
    }

    @Test("a caller may insist on the provider's word")
    func insists() throws {
        try world.call(world.request(), [.etag: "\"v1\""])
        for fields: FieldList in [
            [.cacheControl: "no-cache"], [.cacheControl: "max-age=0, x"], [.cacheControl: "min-fresh=61"],
        ] {
            world.pass(.seconds(1))
            let fetch = try world.fetch(world.request(fields: fields))
            let answer = try world.answer(fetch, status: 304, body: "")
            #expect(answer.told?.hasPrefix("footing; fwd=request; fwd-status=304") == true)
        }
        let pragma = try #require(FieldName("Pragma"))
        world.pass(.seconds(1))
        _ = try world.fetch(world.request(fields: [pragma: "no-cache"]))
    }

    @Test("a caller may bound the age it takes")
    func maxAge() throws {
        try world.call(world.request())
        world.pass(.seconds(10))
        #expect(try world.isKept(world.request(fields: [.cacheControl: "max-age=10"])))
        #expect(try !world.isKept(world.request(fields: [.cacheControl: "max-age=9"])))
        #expect(try !world.isKept(world.request(fields: [.cacheControl: "max-age=zebra"])))
    }

    @Test(
        "a caller that wants nothing kept, a part, or a condition that only the provider can check goes past the cache")
    func apart() throws {
        try world.call(world.request())
        for (name, value) in [
            ("Cache-Control", "no-store"), ("Range", "bytes=0-1"), ("If-Range", "\"a\""), ("If-Match", "\"a\""),
            ("If-Unmodified-Since", "x"),
        ] {
            let field = try #require(FieldName(name))
            let answer = try world.call(world.request(fields: [field: value]))
            #expect(answer.status.text == "footing; fwd=bypass")
        }
        #expect(world.asked == 6)
    }

    @Test("a caller that takes only what is kept is refused when there is nothing")
    func onlyIfCached() throws {
        let fields: FieldList = [.cacheControl: "only-if-cached"]
        guard case .refused = try world.look(world.request(fields: fields)) else {
            Issue.record("must be refused")
            return
        }
        try world.call(world.request())
        #expect(try world.isKept(world.request(fields: fields)))
        world.pass(.seconds(61))
        guard case .refused = try world.look(world.request(fields: fields)) else {
            Issue.record("must be refused")
            return
        }
    }

    @Test("a body larger than is kept goes through and is not kept", arguments: [true, false])
    func large(isAnnounced: Bool) throws {
        let world = CacheWorld(CacheBounds(bytes: 1 << 20, entries: 10, body: 100))
        let fetch = try world.fetch(world.request())
        let body = ByteBuffer(repeating: 0x20, count: 101)
        let head = ResponseHead(status: 200, length: isAnnounced ? .exactly(101) : .streamed)
        switch fetch.arrived(head, asked: world.moment, at: world.moment) {
        case .pass(let status):
            #expect(isAnnounced)
            #expect(status.text == "footing; fwd=miss; stored=?0; detail=size")
        case .keep(let most):
            #expect(!isAnnounced)
            #expect(most == 100)
            let answer = fetch.finished(status: 200, fields: [:], body: body, at: world.moment)
            #expect(answer.body.readableBytes == 101)
            #expect(answer.status.text == "footing; fwd=miss; stored=?0; detail=size")
        case .unchanged: Issue.record("nothing is kept yet")
        }
        #expect(world.cache.census().entries == 0)
    }

    @Test("purging one provider leaves the others")
    func purge() throws {
        try world.call(world.request("/a"))
        try world.call(world.request("/b"))
        #expect(world.cache.purge(provider: "geocoder") == 0)
        #expect(world.cache.purge(provider: "rents") == 2)
        #expect(try !world.isKept(world.request("/a")))
    }

    @Test("a write makes everything kept of its path go, whatever the query and the tenant")
    func invalidation() throws {
        try world.call(world.request(query: "a=1"))
        try world.call(world.request(tenant: "other"))
        try world.call(world.request("/v1/rents/wedding"))
        world.cache.invalidate(provider: "rents", path: "/v1/rents/mitt%65")
        #expect(try !world.isKept(world.request(query: "a=1")))
        #expect(try !world.isKept(world.request(tenant: "other")))
        #expect(try world.isKept(world.request("/v1/rents/wedding")))
    }

    @Test("the census tells what the cache has saved")
    func census() throws {
        try world.call(world.request())
        try world.call(world.request())
        try world.call(world.request("/other"), [.cacheControl: "no-store"])
        let counts = try #require(world.cache.census().providers["rents"])
        #expect(counts.hits == 1)
        #expect(counts.misses == 2)
        #expect(counts.refused == 1)
        #expect(counts.entries == 1)
        #expect(counts.bytes > 512)
    }
}
