import Inventory
import NIOCore
import Store
import Testing
import Wire

@testable import Gateway

@Suite("Many callers, one question")
struct CacheWaitingTests {
    private let world = CacheWorld()

    private func wait(_ request: CacheRequest) throws -> (mail: CacheMail, seat: CacheSeat) {
        let mail = CacheMail()
        guard case .wait(let seat) = world.look(request, mail) else { throw CacheWorld.Unexpected("not waiting") }
        return (mail, seat)
    }

    private static let failure = Problem(
        "provider_failed", source: .provider, status: 502, title: "Provider failed", detail: "", isRetryable: true)

    @Test("callers that come while the provider is asked get the same answer")
    func collapsed() throws {
        let fetch = try world.fetch(world.request())
        let waiting = try (0..<100).map { _ in try wait(world.request()) }
        try world.answer(fetch, body: "one")
        #expect(world.asked == 1)
        #expect(waiting.allSatisfy { $0.mail.count == 1 && $0.mail.answer?.text == "one" })
        #expect(waiting[0].mail.answer?.told == "footing; fwd=miss; collapsed; ttl=60")
        #expect(world.cache.census().providers["rents"]?.collapsed == 100)
    }

    @Test("an answer that cannot be shared is no answer for those who wait, and nobody waits for the next one")
    func unshared() throws {
        let fetch = try world.fetch(world.request())
        let waiting = try (0..<3).map { _ in try wait(world.request()) }
        try world.answer(fetch, [.cacheControl: "private"])
        #expect(waiting.allSatisfy { $0.mail.isBypass })
        let second = try world.fetch(world.request())
        let third = try world.fetch(world.request())
        try world.answer(second, [.cacheControl: "private"])
        try world.answer(third, [.cacheControl: "max-age=60"])
        #expect(try world.isKept(world.request()))
    }

    @Test("callers wait for each other again after a while")
    func again() throws {
        try world.call(world.request(), [.cacheControl: "no-store"])
        world.pass(.seconds(31))
        let fetch = try world.fetch(world.request())
        _ = try wait(world.request())
        fetch.abandon()
    }

    @Test("a failure is everybody's failure, and the next caller asks again")
    func failed() throws {
        let fetch = try world.fetch(world.request())
        let waiting = try wait(world.request())
        #expect(fetch.failed(Self.failure, wasAnswered: true, at: world.moment) == nil)
        #expect(waiting.mail.problem?.code == "provider_failed")
        _ = try world.fetch(world.request())
    }

    @Test("a failure that is the asking caller's own is not passed on: the next one asks")
    func ownFailure() throws {
        let fetch = try world.fetch(world.request())
        let waiting = try wait(world.request())
        let problem = Problem("budget_spent", source: .caller, status: 429, title: "", detail: "")
        #expect(fetch.failed(problem, wasAnswered: false, at: world.moment) == nil)
        let next = try #require(waiting.mail.fetch)
        try world.answer(next, body: "two")
        #expect(try world.call(world.request()).text == "two")
    }

    @Test("when the asking caller leaves, the next one asks and the others go on waiting")
    func left() throws {
        let fetch = try world.fetch(world.request())
        let first = try wait(world.request())
        let second = try wait(world.request())
        fetch.abandon()
        let next = try #require(first.mail.fetch)
        #expect(second.mail.count == 0)
        try world.answer(next, body: "late")
        #expect(second.mail.answer?.text == "late")
        #expect(first.mail.count == 1)
    }

    @Test("a fetch that is let go hangs nobody")
    func dropped() throws {
        var fetch: CacheFetch? = try world.fetch(world.request())
        let waiting = try wait(world.request())
        withExtendedLifetime(fetch) {}
        fetch = nil
        #expect(waiting.mail.fetch != nil)
    }

    @Test("what a caller reports after its end changes nothing")
    func late() throws {
        let fetch = try world.fetch(world.request())
        let waiting = try wait(world.request())
        fetch.abandon()
        #expect(fetch.failed(Self.failure, wasAnswered: true, at: world.moment) == nil)
        #expect(fetch.finished(status: 200, fields: [:], body: ByteBuffer(), at: world.moment).head.status == 200)
        #expect(waiting.mail.count == 1)
        let next = try #require(waiting.mail.fetch)
        try world.answer(next, body: "right")
        #expect(try world.call(world.request()).text == "right")
    }

    @Test("a caller that stops waiting hears nothing any more")
    func stopped() throws {
        let fetch = try world.fetch(world.request())
        let (mail, seat) = try wait(world.request())
        #expect(world.cache.leave(seat))
        #expect(!world.cache.leave(seat))
        try world.answer(fetch)
        #expect(mail.count == 0)
    }

    @Test("callers whose fields ask for another answer do not get this one")
    func vary() throws {
        let german = try world.request(fields: [.acceptLanguage: "de"])
        let french = try world.request(fields: [.acceptLanguage: "fr"])
        let fetch = try world.fetch(german)
        let other = try wait(french)
        let same = try wait(german)
        let alsoOther = try wait(french)
        try world.answer(fetch, [.vary: "Accept-Language"], body: "Miete")
        #expect(same.mail.answer?.text == "Miete")
        #expect(alsoOther.mail.count == 0)
        let next = try #require(other.mail.fetch)
        try world.answer(next, [.vary: "Accept-Language"], body: "loyer")
        #expect(alsoOther.mail.answer?.text == "loyer")
        // By now it is known on what the answer depends.
        world.pass(.seconds(61))
        let first = try world.fetch(german)
        let second = try world.fetch(french)
        first.abandon()
        second.abandon()
    }

    @Test("an answer that was asked for before a write is given to those who waited, and not kept")
    func raced() throws {
        let fetch = try world.fetch(world.request())
        let waiting = try wait(world.request())
        world.cache.invalidate(provider: "rents", path: "/v1/rents/mitte")
        let after = try world.fetch(world.request())
        try world.answer(fetch, body: "before")
        #expect(waiting.mail.answer?.text == "before")
        #expect(try !world.isKept(world.request()))
        try world.answer(after, body: "after")
        #expect(try world.call(world.request()).text == "after")
    }

    @Test("a purge while the provider is asked holds too")
    func purged() throws {
        let fetch = try world.fetch(world.request())
        world.cache.purge()
        try world.answer(fetch)
        #expect(try !world.isKept(world.request()))
    }

    private func staleWorld() throws {
        world.rules = CacheRules(
            lifetime: .seconds(60), staleIfError: .seconds(3600), staleWhileRevalidate: .seconds(10))
        try world.call(world.request(), body: "old")
    }

    @Test("an answer past its time is given out at once while one caller fetches another")
    func revalidate() throws {
        try staleWorld()
        world.pass(.seconds(65))
        guard case .answer(let stale, let refresh?) = try world.look(world.request()) else {
            Issue.record("no stale answer with a refresh")
            return
        }
        #expect(stale.text == "old")
        #expect(stale.told == "footing; hit; ttl=-5")
        #expect(stale.age == "65")
        guard case .answer(_, refresh: nil) = try world.look(world.request()) else {
            Issue.record("the second caller must not ask too")
            return
        }
        try world.answer(refresh, body: "new")
        #expect(try world.call(world.request()).text == "new")
    }

    @Test("after that time callers wait for the fresh one")
    func tooStale() throws {
        try staleWorld()
        world.pass(.seconds(71))
        let fetch = try world.fetch(world.request())
        _ = try wait(world.request())
        fetch.abandon()
    }

    @Test("when the provider fails, the old answer is better than none, for all who wait")
    func ifError() throws {
        try staleWorld()
        world.pass(.seconds(100))
        let fetch = try world.fetch(world.request())
        let waiting = try wait(world.request())
        let answer = try #require(fetch.failed(Self.failure, wasAnswered: true, at: world.moment))
        #expect(answer.text == "old")
        #expect(answer.told == "footing; fwd=stale; ttl=-40; detail=stale-if-error")
        #expect(answer.status.word == "stale-if-error")
        #expect(waiting.mail.answer?.text == "old")
    }

    @Test(
        "held back by the breaker, out of time, out of reach or out of places is a failure of the provider too",
        arguments: [
            "provider_unavailable", "provider_timeout", "provider_unreachable", "rate_limited",
            "provider_answer_broken",
        ])
    func failures(code: String) throws {
        try staleWorld()
        world.pass(.seconds(100))
        let fetch = try world.fetch(world.request())
        let problem = Problem(
            code, source: .provider, status: 503, title: "", detail: "", isRetryable: code != "provider_answer_broken")
        #expect(fetch.failed(problem, wasAnswered: false, at: world.moment) != nil)
    }

    @Test(
        "drift, a refused key and mistakes of callers are shown and not hidden behind an old answer",
        arguments: [
            ("contract_broken", Problem.Source.provider), ("provider_rejected", .provider),
            ("provider_refused_key", .footing), ("place_not_found", .caller), ("secret_missing", .footing),
        ])
    func shown(code: String, source: Problem.Source) throws {
        try staleWorld()
        world.pass(.seconds(100))
        let fetch = try world.fetch(world.request())
        let problem = Problem(code, source: source, status: 502, title: "", detail: "")
        #expect(fetch.failed(problem, wasAnswered: true, at: world.moment) == nil)
    }

    @Test("an old answer has its time, too")
    func tooOld() throws {
        try staleWorld()
        world.pass(.seconds(60 + 3600))
        let fetch = try world.fetch(world.request())
        #expect(fetch.failed(Self.failure, wasAnswered: true, at: world.moment) == nil)
    }

    @Test("a caller that insists gets the failure and not the old answer")
    func insists() throws {
        try staleWorld()
        world.pass(.seconds(100))
        let fetch = try world.fetch(world.request(fields: [.cacheControl: "no-cache"]))
        #expect(fetch.failed(Self.failure, wasAnswered: true, at: world.moment) == nil)
    }

    @Test("must-revalidate forbids old answers")
    func mustRevalidate() throws {
        world.rules = CacheRules(lifetime: .seconds(60), staleIfError: .seconds(3600))
        try world.call(world.request(), [.cacheControl: "max-age=60, must-revalidate"])
        world.pass(.seconds(61))
        let fetch = try world.fetch(world.request())
        #expect(fetch.failed(Self.failure, wasAnswered: true, at: world.moment) == nil)
    }

    @Test("an old answer that a write has made wrong is not shown when the provider fails")
    func invalidated() throws {
        try staleWorld()
        world.pass(.seconds(100))
        let fetch = try world.fetch(world.request())
        world.cache.invalidate(provider: "rents", path: "/v1/rents/mitte")
        #expect(fetch.failed(Self.failure, wasAnswered: true, at: world.moment) == nil)
    }

    @Test("a played fault is never kept, and those who wait meet their own")
    func fault() throws {
        let fetch = try world.fetch(world.request())
        let waiting = try wait(world.request())
        let status = fetch.decline(.unusable, at: world.moment)
        #expect(status.text == "footing; fwd=miss; stored=?0; detail=unusable")
        #expect(waiting.mail.isBypass)
        #expect(try !world.isKept(world.request()))
    }

    @Test("answers that nobody may use unchecked are checked by each caller for itself")
    func alwaysChecked() throws {
        let fetch = try world.fetch(world.request())
        let waiting = try wait(world.request())
        try world.answer(fetch, [.cacheControl: "no-cache", .etag: "\"v1\""])
        #expect(waiting.mail.isBypass)
        let first = try world.fetch(world.request())
        let second = try world.fetch(world.request())
        for fetch in [first, second] {
            #expect(try world.answer(fetch, status: 304, [.etag: "\"v1\""], body: "").text == "{}")
        }
    }
}
