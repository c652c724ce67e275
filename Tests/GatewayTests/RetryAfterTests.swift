import HTTPTypes
import Store
import Testing

@testable import Gateway

@Suite("Retry-After and HTTP dates")
struct RetryAfterTests {
    /// 1994-11-06T08:49:37Z
    private let moment = Timestamp(milliseconds: 784_111_777_000)

    private func headers(_ pairs: KeyValuePairs<String, String>) throws -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in pairs { fields[try #require(HTTPField.Name(name))] = value }
        return fields
    }

    @Test(
        "all three date forms are read",
        arguments: ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"])
    func dates(text: String) {
        #expect(HTTPDate.parse(text) == moment)
    }

    @Test("what is written is read back the same")
    func roundTrip() {
        #expect(HTTPDate.text(moment) == "Sun, 06 Nov 1994 08:49:37 GMT")
    }

    @Test(
        "what is not a date is none",
        arguments: [
            "", "soon", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 32 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 25:49:37 GMT",
            "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nov 99999999999999999999 08:49:37 GMT",
        ])
    func notDates(text: String) {
        #expect(HTTPDate.parse(text) == nil)
    }

    @Test("seconds, dates and vendors' reset fields are understood")
    func forms() throws {
        #expect(RetryAfter.wait(in: try headers(["Retry-After": "7"]), now: moment) == .seconds(7))
        #expect(
            RetryAfter.wait(in: try headers(["Retry-After": "Sun, 06 Nov 1994 08:49:47 GMT"]), now: moment)
                == .seconds(10))
        #expect(
            RetryAfter.wait(in: try headers(["Retry-After": "Sun, 06 Nov 1994 08:00:00 GMT"]), now: moment) == .zero)
        #expect(RetryAfter.wait(in: try headers(["X-RateLimit-Reset": "1.5"]), now: moment) == .milliseconds(1500))
        let later = Timestamp(milliseconds: 1_764_000_000_000)
        #expect(RetryAfter.wait(in: try headers(["RateLimit-Reset": "1764000009"]), now: later) == .seconds(9))
    }

    @Test("nonsense is ignored and enormous waits are bounded", arguments: ["-5", "NaN", "inf", "1e400", "abc"])
    func nonsense(text: String) throws {
        #expect(RetryAfter.wait(in: try headers(["Retry-After": text]), now: moment) == nil)
        #expect(RetryAfter.wait(in: try headers(["Retry-After": "99999999999"]), now: moment) == .seconds(86_400))
    }
}
