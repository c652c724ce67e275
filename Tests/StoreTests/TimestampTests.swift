import Store
import Testing

@Suite("Moments and identifiers")
struct TimestampTests {
    @Test(
        "a moment is written as RFC 3339 in UTC",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (1_795_563_000_123, "2026-11-24T23:30:00.123Z"),
            (4_107_542_399_999, "2100-02-28T23:59:59.999Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        ] as [(Int64, String)])
    func text(_ milliseconds: Int64, _ text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
    }

    @Test("identifiers of a later millisecond sort later, and none comes twice")
    func order() {
        let clock = StandingClock(milliseconds: 1_795_563_000_123)
        let later = StandingClock(milliseconds: 1_795_563_000_124)
        let first = Set((0..<500).map { _ in TimeOrderedIDs(clock: clock).next("tk_") })
        #expect(first.count == 500 && first.allSatisfy { $0.utf8.count == 29 && $0.hasPrefix("tk_01") })
        let next = TimeOrderedIDs(clock: later).next("tk_")
        #expect(first.allSatisfy { $0 < next })
    }

    private struct StandingClock: WallClock {
        let milliseconds: Int64
        func now() -> Timestamp { Timestamp(milliseconds: milliseconds) }
        func uptime() -> Duration { .zero }
        func sleep(for duration: Duration) async throws {}
    }
}
