import Store
import Testing

@testable import Gateway

@Suite("Dates of HTTP are read in three forms and written in one")
struct HTTPDateTests {
    private func at(_ seconds: Int64) -> Timestamp { Timestamp(milliseconds: seconds * 1000) }

    @Test(
        "a moment is written with its weekday, in GMT",
        arguments: [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (-1, "Wed, 31 Dec 1969 23:59:59 GMT"), (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"),
            (1_795_562_978, "Tue, 24 Nov 2026 23:29:38 GMT"), (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
        ])
    func written(seconds: Int64, text: String) {
        #expect(HTTPDate.text(at(seconds)) == text)
        #expect(HTTPDate.parse(text) == at(seconds))
    }

    @Test("fractions of a second are cut off, also before 1970")
    func fractions() {
        #expect(HTTPDate.text(Timestamp(milliseconds: 999)) == "Thu, 01 Jan 1970 00:00:00 GMT")
        #expect(HTTPDate.text(Timestamp(milliseconds: -1)) == "Wed, 31 Dec 1969 23:59:59 GMT")
    }

    @Test("a moment far off has a date all the same")
    func extremes() {
        for milliseconds in [Int64.min / 4, Int64.max / 4] {
            #expect(HTTPDate.text(Timestamp(milliseconds: milliseconds)).utf8.count == 29)
        }
    }
}
