package import Inventory
package import Store

/// How many requests are left of those that a day allows.
///
/// A pure value over the time of day. Requests that can wait past midnight are counted for the day they will go on. A
/// clock that is set back changes nothing.
package struct DayQuota: Sendable {
    private let limit: Int
    private let offset: Int64
    private var day = Int64.min
    private var used = 0
    /// Reserved for the day after.
    private var ahead = 0

    package init(limit: Int, zone: ZoneOffset) {
        self.limit = max(limit, 1)
        offset = Int64(zone.minutes) * 60_000
    }

    /// What a request that comes now would have to do.
    package enum Answer: Sendable, Equatable {
        case go
        /// Until the next day begins.
        case wait(Duration)
        /// The next day is taken too; until the day after it begins.
        case refuse(Duration)
    }

    package func ask(at wall: Timestamp) -> Answer {
        let today = Self.day(wall, offset)
        let (used, ahead) = counts(on: today)
        if used < limit { return .go }
        let midnight = (today + 1) * Self.length - offset - wall.milliseconds
        return ahead < limit ? .wait(.milliseconds(midnight)) : .refuse(.milliseconds(midnight + Self.length))
    }

    /// Counts one request: for today, or for tomorrow where today is used up.
    package mutating func take(at wall: Timestamp) {
        let today = Self.day(wall, offset)
        (used, ahead) = counts(on: today)
        day = max(day, today)
        if used < limit { used += 1 } else { ahead += 1 }
    }

    /// Uncounts one that was not sent.
    package mutating func giveBack() {
        if ahead > 0 { ahead -= 1 } else if used > 0 { used -= 1 }
    }

    package func left(at wall: Timestamp) -> Int {
        max(0, limit - counts(on: Self.day(wall, offset)).used)
    }

    /// Whether it limits to the same as another, whatever was taken from either.
    package func isAlike(_ other: DayQuota) -> Bool {
        limit == other.limit && offset == other.offset
    }

    private func counts(on today: Int64) -> (used: Int, ahead: Int) {
        if today <= day { return (used, ahead) }
        return today == day &+ 1 ? (ahead, 0) : (0, 0)
    }

    private static let length: Int64 = 86_400_000

    private static func day(_ wall: Timestamp, _ offset: Int64) -> Int64 {
        let (local, _) = wall.milliseconds.addingReportingOverflow(offset)
        let (day, rest) = local.quotientAndRemainder(dividingBy: length)
        return rest < 0 ? day - 1 : day
    }
}
