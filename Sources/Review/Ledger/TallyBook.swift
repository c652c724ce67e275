import Store

/// What the figures people read are computed from: the minutes of the last hour and the hours of the last week.
struct TallyBook: Sendable {
    /// Of an hour only this is asked.
    struct HourCounts: Sendable {
        var count = 0
        var limited = 0
        /// Calls that took more than five seconds.
        var long = 0

        mutating func add(_ other: HourCounts) {
            count += other.count
            limited += other.limited
            long += other.long
        }
    }

    static let minutesKept = 60
    static let hoursKept = 7 * 24

    private var minutes: [Timestamp: [TallyKey: CallFigures]] = [:]
    private var hours: [Timestamp: [TallyKey: HourCounts]] = [:]

    /// Adds calls of one minute.
    mutating func add(minute tally: Tally) {
        minutes[tally.start, default: [:]][tally.key, default: CallFigures()].add(tally.figures)
        add(hour: tally)
    }

    /// Adds calls to the hour only.
    mutating func add(hour tally: Tally) {
        let counts = HourCounts(
            count: tally.figures.count, limited: tally.figures.limited,
            long: tally.figures.latencies.count(above: 5_000_000))
        hours[Tally.Period.hour.start(of: tally.start), default: [:]][tally.key, default: HourCounts()].add(counts)
    }

    /// Takes the stored minute as it is, its calls being in the stored hour already.
    mutating func load(minute tally: Tally) {
        minutes[tally.start, default: [:]][tally.key, default: CallFigures()].add(tally.figures)
    }

    mutating func forget(at now: Timestamp) {
        let firstMinute = Self.firstMinute(at: now)
        let firstHour = Self.firstHour(at: now)
        if minutes.count > Self.minutesKept { minutes = minutes.filter { $0.key >= firstMinute } }
        if hours.count > Self.hoursKept { hours = hours.filter { $0.key >= firstHour } }
    }

    /// The start of the first of the sixty minutes that count as the last hour; this minute is the last of them.
    static func firstMinute(at now: Timestamp) -> Timestamp {
        Tally.Period.minute.start(of: now) - .seconds(60 * (minutesKept - 1))
    }

    static func firstHour(at now: Timestamp) -> Timestamp {
        Tally.Period.hour.start(of: now) - .seconds(3600 * (hoursKept - 1))
    }

    func lastHour(at now: Timestamp) -> HourFigures {
        var figures = HourFigures()
        let first = Self.firstMinute(at: now)
        for (start, tallies) in minutes {
            let index = Int((start.milliseconds - first.milliseconds) / 60_000)
            guard start >= first, index < Self.minutesKept else { continue }
            for (key, sum) in tallies { figures.add(sum, key, minute: index) }
        }
        return figures
    }

    func lastWeek(at now: Timestamp) -> WeekFigures {
        let first = Self.firstHour(at: now)
        var sums: [TallyKey: HourCounts] = [:]
        for (start, tallies) in hours where start >= first {
            for (key, counts) in tallies { sums[key, default: HourCounts()].add(counts) }
        }
        return WeekFigures(sums)
    }
}
