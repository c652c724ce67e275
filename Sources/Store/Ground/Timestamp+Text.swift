import Contracts

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with milliseconds, e.g. `2026-11-24T23:29:38.123Z`.
    package var description: String {
        let (days, millisecondsOfDay) = daysAndMilliseconds
        let (year, month, day) = CivilDate.date(daysSinceEpoch: days)
        let seconds = millisecondsOfDay / 1000
        return Self.padded(year, 4) + "-" + Self.padded(month, 2) + "-" + Self.padded(day, 2) + "T"
            + Self.padded(seconds / 3600, 2) + ":" + Self.padded(seconds / 60 % 60, 2) + ":"
            + Self.padded(seconds % 60, 2) + "." + Self.padded(millisecondsOfDay % 1000, 3) + "Z"
    }

    /// Whole days since 1970-01-01, and the milliseconds of the day (UTC).
    package var daysAndMilliseconds: (days: Int64, milliseconds: Int64) {
        let (days, rest) = CivilDate.floored(milliseconds, 86_400_000)
        return (days, rest)
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
