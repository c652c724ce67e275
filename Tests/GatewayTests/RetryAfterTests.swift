import Store
import Testing
import Wire

@testable import Gateway

@Suite("What a provider says about its limits")
struct RetryAfterTests {
    /// 2026-11-24T12:00:00Z
    private let now = Moment(uptime: .seconds(50), wall: Timestamp(milliseconds: 1_795_521_600_000))

    private func words(_ status: Int, _ pairs: KeyValuePairs<String, String>) throws -> ProviderWords {
        var fields = FieldList()
        for (name, value) in pairs { fields.append(try #require(FieldName(name)), value) }
        return ProviderWords(fields, status: status, at: now)
    }

    @Test(
        "Retry-After is seconds or a date of any of the three forms; a date in the past is now",
        arguments: [
            ("7", Duration.seconds(7)), ("0", .zero), ("1.5", .milliseconds(1500)),
            ("Tue, 24 Nov 2026 12:00:10 GMT", .seconds(10)), ("Tuesday, 24-Nov-26 12:01:00 GMT", .seconds(60)),
            ("Tue Nov 24 12:00:30 2026", .seconds(30)), ("Tue, 24 Nov 2026 11:00:00 GMT", .zero),
        ])
    func retryAfter(text: String, wait: Duration) throws {
        for status in [429, 503, 403] { #expect(try words(status, ["Retry-After": text]).wait == wait) }
    }

    @Test(
        "what is not a date is none",
        arguments: [
            "", "soon", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 32 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 25:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 06 Nov 99999999999999999999 08:49:37 GMT",
        ])
    func notDates(text: String) throws {
        #expect(HTTPDate.parse(text) == nil)
        #expect(try words(429, ["Retry-After": text]).wait == nil)
    }

    @Test("nonsense is ignored", arguments: ["", "-5", "NaN", "inf", "1e400", "0x10", "abc", "5 s", "1.2.3", ".", "５"])
    func nonsense(text: String) throws {
        for name in ["Retry-After", "Retry-After-Ms", "X-RateLimit-Reset", "RateLimit-Reset"] {
            #expect(try words(429, [name: text]).wait == nil, "\(name)")
        }
        #expect(try !words(200, ["X-RateLimit-Remaining": text, "X-RateLimit-Reset": "5"]).saysSomething)
    }

    @Test("no wait is believed beyond a day", arguments: ["99999999999", "999999999999999999999999999999", "86401"])
    func clamped(text: String) throws {
        #expect(try words(429, ["Retry-After": text]).wait == .seconds(86_400))
        #expect(try words(429, ["Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"]).wait == .seconds(86_400))
        #expect(try words(429, ["X-RateLimit-Reset": "32503680000"]).wait == .seconds(86_400))
        #expect(try words(429, ["RateLimit": "\"a\";r=0;t=99999999999999"]).wait == .seconds(86_400))
    }

    @Test("milliseconds of their own field are read where Retry-After says nothing")
    func milliseconds() throws {
        #expect(try words(429, ["Retry-After-Ms": "250"]).wait == .milliseconds(250))
        #expect(try words(429, ["X-Ms-Retry-After-Ms": "80"]).wait == .milliseconds(80))
        #expect(try words(429, ["Retry-After": "2", "Retry-After-Ms": "250"]).wait == .seconds(2))
    }

    @Test(
        "in a refusal a reset is a wait: seconds, an epoch in seconds or milliseconds, a span, a time",
        arguments: [
            ("30", Duration.seconds(30)), ("0.5", .milliseconds(500)), ("1795521609", .seconds(9)),
            ("1795521609000", .seconds(9)), ("1795521000", .zero), ("1s", .seconds(1)), ("6m0s", .seconds(360)),
            ("17ms", .milliseconds(17)), ("1h2m3.5s", .milliseconds(3_723_500)), ("2026-11-24T12:00:20Z", .seconds(20)),
            ("2026-11-24T14:00:20.500+02:00", .seconds(20)), ("Tue, 24 Nov 2026 12:00:10 GMT", .seconds(10)),
        ])
    func resets(text: String, wait: Duration) throws {
        #expect(try words(429, ["X-RateLimit-Reset": text]).wait == wait)
        #expect(try words(429, ["X-Rate-Limit-Reset": text]).wait == wait)
        #expect(try words(200, ["X-RateLimit-Reset": text]).wait == nil, "a good answer asks nobody to wait")
    }

    @Test("what is left and until when is read from every kind of field")
    func remaining() throws {
        let forms: [KeyValuePairs<String, String>] = [
            ["RateLimit-Limit": "100", "RateLimit-Remaining": "3", "RateLimit-Reset": "20"],
            ["X-RateLimit-Remaining": "3", "X-RateLimit-Reset": "1795521620"],
            ["X-Rate-Limit-Remaining": "3", "X-Rate-Limit-Reset": "1795521620"],
            ["x-ratelimit-remaining": "3.0", "x-ratelimit-reset": "999", "x-ratelimit-reset-after": "20"],
            ["x-ratelimit-remaining-requests": "3", "x-ratelimit-reset-requests": "20s"],
            [
                "anthropic-ratelimit-requests-remaining": "3",
                "anthropic-ratelimit-requests-reset": "2026-11-24T12:00:20Z",
            ],
            ["RateLimit": "limit=100, remaining=3, reset=20"],
            ["RateLimit": "\"default\";r=3;t=20"],
            ["RateLimit": "\"a;,\\\"b\";r=3;t=20", "RateLimit-Policy": "\"a\";q=100;w=60"],
            ["RateLimit": "\"hour\";r=900;t=3000, \"burst\" ; r=3 ; t=20"],
        ]
        for form in forms {
            let words = try words(200, form)
            #expect(words.remaining == 3, "\(form)")
            #expect(words.resetAfter == .seconds(20), "\(form)")
            #expect(words.exhaustedFor == nil)
            #expect(words.wait == nil)
        }
    }

    @Test("when nothing is left, everything waits for the reset, also where what is used up are tokens")
    func exhausted() throws {
        let forms: [KeyValuePairs<String, String>] = [
            ["RateLimit-Remaining": "0", "RateLimit-Reset": "20"],
            ["x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "20s"],
            [
                "anthropic-ratelimit-output-tokens-remaining": "0",
                "anthropic-ratelimit-output-tokens-reset": "2026-11-24T12:00:20Z",
            ],
            ["RateLimit": "\"burst\";r=0;t=1, \"daily\";r=0;t=20"],
        ]
        for form in forms { #expect(try words(200, form).exhaustedFor == .seconds(20), "\(form)") }
        let many = try words(200, ["x-ratelimit-remaining-tokens": "59000", "x-ratelimit-reset-tokens": "20s"])
        #expect(many.remaining == nil, "tokens are no calls")
    }

    @Test("a remainder without a reset says nothing, since nobody knows for how long")
    func noReset() throws {
        #expect(try !words(200, ["X-RateLimit-Remaining": "0"]).saysSomething)
        #expect(try !words(200, ["RateLimit": "\"a\";r=0"]).saysSomething)
    }

    @Test(
        "a RateLimit field that is broken is passed over",
        arguments: [
            "\"", "\"a;r=0;t=5", ";;;===", "r", "r=;t=", "\"a\";r=x;t=5", "remaining", "\"a\";r=-1;t=5",
        ])
    func brokenField(text: String) throws {
        #expect(try !words(200, ["RateLimit": text]).saysSomething)
    }

    @Test("an endless RateLimit field is read to its bound alone", arguments: [",", "a;", "\"", "\\\""])
    func endlessField(part: String) throws {
        let text = String(repeating: part, count: 100_000) + "\"a\";r=0;t=5"
        #expect(try !words(200, ["RateLimit": text]).saysSomething)
    }

    @Test("429 is a limit; 403 is one where it says so; 503 is a refusal where it names a time")
    func refusals() throws {
        #expect(ProviderWords.none.isLimit(429))
        #expect(!ProviderWords.none.isLimit(403))
        #expect(try words(403, ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "5"]).isLimit(403))
        #expect(try words(403, ["Retry-After": "5"]).isLimit(403))
        #expect(try !words(403, ["X-RateLimit-Remaining": "9", "X-RateLimit-Reset": "5"]).isRefusal(200))
        #expect(!ProviderWords.none.isRefusal(503))
        #expect(try words(503, ["Retry-After": "5"]).isRefusal(503))
        #expect(try !words(503, ["Retry-After": "5"]).isLimit(503))
    }

    @Test("the provider's own word on trying again is read in a refusal")
    func shouldRetry() throws {
        #expect(try words(409, ["X-Should-Retry": "true"]).mayRepeat == true)
        #expect(try words(500, ["Stripe-Should-Retry": "False"]).mayRepeat == false)
        #expect(try words(500, ["Stripe-Should-Retry": "perhaps"]).mayRepeat == nil)
        #expect(try words(200, ["X-Should-Retry": "true"]).mayRepeat == nil)
    }

    @Test("once a provider's kind of field is known, good answers are searched for that alone")
    func families() throws {
        var fields = FieldList()
        fields.append(try #require(FieldName("X-RateLimit-Remaining")), "3")
        fields.append(try #require(FieldName("X-RateLimit-Reset")), "20")
        #expect(ProviderWords(fields, status: 200, at: now, looking: .extended).remaining == 3)
        #expect(ProviderWords(fields, status: 200, at: now, looking: .plain) == .none)
        #expect(ProviderWords(fields, status: 200, at: now, looking: .all).families == .extended)
    }
}
