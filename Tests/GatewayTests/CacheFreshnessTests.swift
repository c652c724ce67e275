import Inventory
import Store
import Testing
import Wire

@testable import Gateway

@Suite("How long an answer may be given out")
struct CacheFreshnessTests {
    /// Seconds an answer is fresh under rules that allow ten minutes; nil when it is not kept.
    private func fresh(
        _ fields: FieldList, rules: CacheRules = CacheRules(lifetime: .seconds(600)), delay: Int64 = 0
    ) -> Int64? {
        let now = Timestamp(milliseconds: 1_795_521_600_000)
        let head = ResponseHead(status: 200, fields: fields)
        let arrived: Int64 = 5_000_000_000_000
        let judgement = CacheJudgement.of(
            head, rules, asked: arrived - delay * 1_000_000_000, arrived: arrived, now: now)
        guard case .keep(let terms) = judgement else { return nil }
        return terms.freshness.fresh / 1_000_000_000
    }

    private let now = "Tue, 24 Nov 2026 12:00:00 GMT"

    @Test("a provider that says nothing leaves it to the inventory")
    func silent() {
        #expect(fresh([:]) == 600)
        #expect(fresh([.date: now, .cacheControl: "public"]) == 600)
    }

    @Test("what the provider says counts where it is shorter, the inventory where that is")
    func ceiling() {
        #expect(fresh([.cacheControl: "max-age=30"]) == 30)
        #expect(fresh([.cacheControl: "max-age=86400"]) == 600)
    }

    @Test("s-maxage goes before max-age, and max-age before Expires")
    func order() {
        let expires = "Tue, 24 Nov 2026 12:01:40 GMT"
        #expect(fresh([.date: now, .expires: expires]) == 100)
        #expect(fresh([.date: now, .expires: expires, .cacheControl: "max-age=50"]) == 50)
        #expect(fresh([.date: now, .expires: expires, .cacheControl: "max-age=50, s-maxage=20"]) == 20)
    }

    @Test("Expires is counted from the provider's own Date")
    func expires() {
        // A clock that goes an hour ahead.
        #expect(fresh([.date: "Tue, 24 Nov 2026 13:00:00 GMT", .expires: "Tue, 24 Nov 2026 13:00:10 GMT"]) == 10)
        #expect(fresh([.expires: "Tue, 24 Nov 2026 12:00:10 GMT"]) == 10)
    }

    @Test(
        "an Expires that is no date, or two that differ, has passed",
        arguments: ["0", "-1", "tomorrow", "Tue, 24 Nov 2026 12:00:00", ""])
    func badExpires(text: String) {
        #expect(fresh([.date: now, .expires: text, .etag: "\"a\""]) == 0)
        #expect(
            fresh([.date: now, .expires: "Tue, 24 Nov 2026 12:00:10 GMT", .expires: text, .etag: "\"a\""]) == 0)
    }

    @Test("the time an answer has spent on its way counts as age")
    func age() {
        #expect(fresh([.cacheControl: "max-age=100", .age: "40"]) == 60)
        #expect(fresh([.cacheControl: "max-age=100", .date: "Tue, 24 Nov 2026 11:59:00 GMT"]) == 40)
        #expect(fresh([.cacheControl: "max-age=100", .age: "40"], delay: 5) == 55)
        // The larger of the two.
        #expect(fresh([.cacheControl: "max-age=100", .age: "10", .date: "Tue, 24 Nov 2026 11:59:00 GMT"]) == 40)
    }

    @Test("a Date in the future makes nothing younger")
    func future() {
        #expect(fresh([.cacheControl: "max-age=100", .date: "Wed, 25 Nov 2026 12:00:00 GMT"]) == 100)
    }

    @Test(
        "an Age that is no number is left out",
        arguments: ["", "-5", "1.5", "5, 6", "zebra", "+5"])
    func badAge(text: String) {
        #expect(fresh([.cacheControl: "max-age=100", .age: text]) == 100)
    }

    @Test("an Age beyond all numbers makes an answer stale and breaks nothing")
    func hugeAge() {
        #expect(fresh([.cacheControl: "max-age=100", .age: String(repeating: "9", count: 400), .etag: "\"a\""]) == 0)
        #expect(fresh([.cacheControl: "max-age=100", .date: "Mon, 01 Jan 0001 00:00:00 GMT", .etag: "\"a\""]) == 0)
    }

    @Test(
        "a max-age that is no number of seconds has run out",
        arguments: ["max-age=-1", "max-age=1.5", "max-age=", "max-age", "max-age=5s", "max-age=\"\"", "max-age= ,x"])
    func badMaxAge(text: String) {
        #expect(fresh([.cacheControl: text, .etag: "\"a\""]) == 0)
    }

    @Test("a max-age beyond all numbers is a long time")
    func hugeMaxAge() {
        #expect(fresh([.cacheControl: "max-age=99999999999999999999999999"]) == 600)
        let rules = CacheRules(lifetime: .seconds(30 * 86_400))
        #expect(fresh([.cacheControl: "max-age=99999999999999999999999999"], rules: rules) == 2_592_000)
    }

    @Test("a directive that is there twice with two values has run out; twice with one value it holds")
    func duplicates() {
        #expect(fresh([.cacheControl: "max-age=30, max-age=60", .etag: "\"a\""]) == 0)
        #expect(fresh([.cacheControl: "max-age=30", .cacheControl: "max-age=60", .etag: "\"a\""]) == 0)
        #expect(fresh([.cacheControl: "max-age=30, max-age=30"]) == 30)
    }

    @Test("names count in any case, arguments also in quotes, over several lines")
    func forms() {
        #expect(fresh([.cacheControl: "MAX-AGE=\"30\""]) == 30)
        #expect(fresh([.cacheControl: "public,,  max-age = 30 ,x=\"a, no-store\""]) == 30)
        #expect(fresh([.cacheControl: "public", .cacheControl: "s-maxage=7"]) == 7)
    }

    @Test(
        "what the provider does not want kept is not kept",
        arguments: [
            "no-store", "No-Store", "max-age=60, no-store", "private", "private=\"x-user\", max-age=60",
            "max-age=60, x=\"no end",
        ])
    func refused(text: String) {
        #expect(fresh([.cacheControl: text, .etag: "\"a\""]) == nil)
    }

    @Test("an answer that sets a cookie, depends on everything or on too much is not kept")
    func refusedFields() {
        #expect(fresh([.cacheControl: "max-age=60", .setCookie: "a=b"]) == nil)
        #expect(fresh([.cacheControl: "max-age=60", .vary: "*"]) == nil)
        #expect(fresh([.cacheControl: "max-age=60", .vary: "accept, *"]) == nil)
        #expect(fresh([.cacheControl: "max-age=60", .vary: (0..<20).map { "x-\($0)" }.joined(separator: ",")]) == nil)
        #expect(fresh([.cacheControl: "max-age=60", .vary: "not a name"]) == nil)
    }

    @Test("no-cache is kept for a check alone, and not at all when nothing can be checked")
    func noCache() {
        #expect(fresh([.cacheControl: "no-cache", .etag: "\"a\""]) == 0)
        #expect(fresh([.cacheControl: "no-cache, max-age=60", .lastModified: now]) == 0)
        #expect(fresh([.cacheControl: "no-cache=\"x\", max-age=60", .etag: "\"a\""]) == 0)
        #expect(fresh([.cacheControl: "no-cache"]) == nil)
    }

    @Test("only answers that say how something is are kept", arguments: [201, 202, 206, 302, 303, 304, 307, 404, 500])
    func statuses(status: Int) {
        let head = ResponseHead(status: status, fields: [.cacheControl: "max-age=60"])
        let judgement = CacheJudgement.of(
            head, CacheRules(lifetime: .seconds(60)), asked: 0, arrived: 0, now: Timestamp(milliseconds: 0))
        guard case .refuse(.status) = judgement else {
            Issue.record("kept \(status)")
            return
        }
    }

    /// Seconds an answer may be shown past its time when the provider fails, and while another is fetched.
    private func stale(_ text: String) -> [Int64] {
        let rules = CacheRules(
            lifetime: .seconds(60), staleIfError: .seconds(3600), staleWhileRevalidate: .seconds(10))
        let fields: FieldList = text.isEmpty ? [.etag: "\"a\""] : [.cacheControl: text, .etag: "\"a\""]
        let freshness = Freshness(
            fields, CacheDirectives(fields), rules, asked: 0, arrived: 0, now: Timestamp(milliseconds: 0))
        return [freshness.staleIfError, freshness.staleWhileRevalidate].map { $0 / 1_000_000_000 }
    }

    @Test("stale answers: the inventory allows, the provider may allow less and may forbid")
    func staleness() {
        #expect(stale("") == [3600, 10])
        #expect(stale("max-age=5") == [3600, 10])
        #expect(stale("max-age=5, stale-if-error=60, stale-while-revalidate=300") == [60, 10])
        #expect(stale("max-age=5, must-revalidate") == [0, 0])
        #expect(stale("max-age=5, proxy-revalidate, stale-if-error=60") == [0, 0])
        #expect(stale("no-cache") == [0, 0])
        #expect(stale("s-maxage=5") == [0, 0])
        #expect(stale("s-maxage=5, stale-while-revalidate=59") == [0, 10])
        #expect(stale("stale-if-error=-1, stale-while-revalidate=1, stale-while-revalidate=2") == [0, 0])
    }

    @Test("rules without stale answers allow none, whatever the provider says")
    func notAllowed() {
        let fields: FieldList = [.cacheControl: "max-age=5, stale-if-error=600, stale-while-revalidate=600"]
        let freshness = Freshness(
            fields, CacheDirectives(fields), CacheRules(lifetime: .seconds(60)), asked: 0, arrived: 0,
            now: Timestamp(milliseconds: 0))
        #expect(freshness.staleIfError == 0)
        #expect(freshness.staleWhileRevalidate == 0)
    }
}
