import Store
import Testing

extension Tally {
    /// Calls of those lengths, milliseconds, in a minute after the start of an hour.
    static func sample(
        minute: Int64, _ lengths: [Int], operation: String = "search", outcome: CallRecord.Outcome = .answered,
        who: String? = nil
    ) -> Tally {
        let start = Timestamp.hour + .seconds(minute * 60)
        var figures = CallFigures()
        for length in lengths {
            figures.add(
                totalMicroseconds: length * 1000, providerMicroseconds: length * 900, at: start + .seconds(1),
                wasLimited: length > 1000)
        }
        return Tally(
            start: start, key: TallyKey(provider: "rents", operation: operation, outcome: outcome, who: who),
            figures: figures)
    }
}

extension Timestamp {
    static let hour = Timestamp(milliseconds: 1_795_521_600_000)
}

extension StoreConformance {
    static let tallies: [StoreConformance] = [
        StoreConformance("tallies of one minute add up, however many bring them") { store in
            try await store.addTallies([.sample(minute: 0, [5, 7]), .sample(minute: 0, [2000])])
            try await store.addTallies([.sample(minute: 0, [1])])
            try await store.addTallies([])
            let stored = try await store.tallies(per: .minute, since: .hour)
            #expect(stored == [.sample(minute: 0, [5, 7, 2000, 1])])
            #expect(stored.first?.figures.count == 4 && stored.first?.figures.limited == 1)
        },
        StoreConformance("minutes add up to hours") { store in
            for minute in [0, 59, 60, 61] as [Int64] { try await store.addTallies([.sample(minute: minute, [5])]) }
            let hours = try await store.tallies(per: .hour, since: .hour)
            #expect(hours.map(\.start) == [.hour, .hour + .seconds(3600)] && hours.map(\.figures.count) == [2, 2])
            #expect(hours[1].figures.last == .hour + .seconds(61 * 60 + 1))
            #expect(hours[0].figures.latencies.percentile(0.5) == 5)
        },
        StoreConformance("calls that ended differently are counted apart, the oldest come first") { store in
            let all: [Tally] = [
                .sample(minute: 0, [1], operation: "list"), .sample(minute: 0, [1]),
                .sample(minute: 0, [1], outcome: .failed), .sample(minute: 0, [1], outcome: .failed, who: "caller"),
                .sample(minute: 0, [1], outcome: .failed, who: "provider"),
                .sample(minute: 0, [1], outcome: .retried), .sample(minute: 1, [1]),
            ]
            try await store.addTallies(all.reversed())
            #expect(try await store.tallies(per: .minute, since: .hour) == all)
            #expect(try await store.tallies(per: .minute, since: .hour + .seconds(60)) == [all[6]])
        },
        StoreConformance("old minutes go, their hours stay") { store in
            try await store.addTallies([.sample(minute: 0, [5]), .sample(minute: 1, [5])])
            #expect(try await store.removeTallies(per: .minute, before: .hour + .seconds(60), limit: 0) == 0)
            #expect(try await store.removeTallies(per: .minute, before: .hour + .seconds(60), limit: 100) == 1)
            #expect(try await store.tallies(per: .minute, since: .hour).count == 1)
            #expect(try await store.tallies(per: .hour, since: .hour).map(\.figures.count) == [2])
        },
    ]
}
