import Store
import Testing

@testable import footing

@Suite("Numbers and times in words")
struct WordsTests {
    @Test(
        "durations have three digits that matter",
        arguments: [
            (0.2, "0 ms"), (320, "320 ms"), (999.4, "999 ms"), (999.6, "1.00 s"), (5650, "5.65 s"), (16_800, "16.8 s"),
            (125_000, "2 min 05 s"), (12_000_000, "3 h 20 min"), (-5, "0 ms"),
        ])
    func duration(milliseconds: Double, words: String) {
        #expect(Words.duration(milliseconds) == words)
    }

    @Test("waits have no zeros that say nothing", arguments: [(3000.0, "3 s"), (1500, "1.5 s"), (110, "110 ms")])
    func wait(milliseconds: Double, words: String) {
        #expect(Words.wait(milliseconds) == words)
    }

    @Test("thousands have commas", arguments: [(0, "0"), (999, "999"), (4261, "4,261"), (-1_234_567, "-1,234,567")])
    func number(value: Int, words: String) {
        #expect(Words.number(value) == words)
    }

    @Test("counts agree with their noun")
    func counts() {
        #expect(Words.count(1, "call") == "1 call")
        #expect(Words.count(0, "call") == "0 calls")
        #expect(Words.count(2, "retry", "retries") == "2 retries")
    }

    @Test(
        "ages are words",
        arguments: [(0, "now"), (12, "12 s ago"), (300, "5 min ago"), (7300, "2 h ago"), (90_000, "1 day ago")])
    func age(seconds: Int64, words: String) {
        let now = Timestamp(milliseconds: 1_000_000_000_000)
        #expect(Words.age(of: Timestamp(milliseconds: now.milliseconds - seconds * 1000), at: now) == words)
    }

    @Test("a moment is read back as it is written")
    func moments() {
        let moment = Timestamp(milliseconds: 1_795_649_378_123)
        #expect(Timestamp(text: moment.description) == moment)
        #expect(Timestamp(text: "2026-11-24T23:29:38Z")?.description == "2026-11-24T23:29:38.000Z")
        for text in ["", "now", "2026-13-01T00:00:00Z", "2026-11-24 23:29:38", "2026-11-24T23:29:3xZ"] {
            #expect(Timestamp(text: text) == nil)
        }
    }
}
