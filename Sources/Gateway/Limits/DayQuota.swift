package import Inventory
package import Store

/// How many requests are left of those that a day allows.
///
/// A pure value over the time of day. Requests that can wait past midnight are counted for the day they will go on. A
/// clock that is set back changes nothing. Where the quota is stored, only what was drawn from the store before is used.
package struct DayQuota: Sendable {
    private(set) var limit: Int
    private var offset: Int64
    private var day = Int64.min
    private var used = 0
    /// Reserved for the day after.
    private var ahead = 0
    /// nil: nobody else counts.
    private var drawn: DayDrawn?

    package init(limit: Int, zone: ZoneOffset) {
        self.limit = max(limit, 1)
        offset = Int64(zone.minutes) * 60_000
    }

    /// What a request that comes now would have to do.
    package enum Answer: Sendable, Equatable {
        case go
        /// Until more is drawn from the store.
        case soon
        /// Until the next day begins.
        case wait(Duration)
        /// The next day is taken too; until the day after it begins.
        case refuse(Duration)
    }

    /// One request's number among those of its day.
    package struct Turn: Sendable, Equatable {
        let day: Int64
        let number: Int
    }

    package func ask(at wall: Timestamp) -> Answer {
        let today = day(wall)
        let (used, ahead) = counts(on: today)
        switch room(today, beyond: used) {
        case .go: return .go
        case .soon: return .soon
        case .none: break
        }
        let midnight = (today + 1) * Self.length - offset - wall.milliseconds
        return ahead < limit ? .wait(.milliseconds(midnight)) : .refuse(.milliseconds(midnight + Self.length))
    }

    /// Counts one request: for today, or for tomorrow where today is used up.
    @discardableResult
    package mutating func take(at wall: Timestamp) -> Turn {
        let today = day(wall)
        (used, ahead) = counts(on: today)
        day = max(day, today)
        guard room(today, beyond: used) == .none else {
            used += 1
            return Turn(day: day, number: used)
        }
        ahead += 1
        return Turn(day: day + 1, number: ahead)
    }

    /// Uncounts one that was not sent.
    package mutating func giveBack() {
        if ahead > 0 { ahead -= 1 } else if used > 0 { used -= 1 }
    }

    package func left(at wall: Timestamp) -> Int {
        let today = day(wall)
        let used = counts(on: today).used
        let most = max(0, limit - used)
        guard let drawn else { return most }
        return min(most, max(0, drawn.on(today) - used) + drawn.left(on: today))
    }

    /// Looks again at a request that has waited; a day that came meanwhile counts it anew.
    mutating func confirm(_ turn: inout Turn, at wall: Timestamp) -> Answer {
        let today = day(wall)
        guard turn.day >= today else {
            let answer = ask(at: wall)
            if answer == .go || answer == .soon { turn = take(at: wall) }
            return answer
        }
        guard let drawn, turn.day == today, turn.number > drawn.on(today) else { return .go }
        return drawn.left(on: today) > 0 || !drawn.isKnown(today) ? .soon : ask(at: wall)
    }

    /// Other rules; what was used stays used, unless days begin elsewhere now.
    mutating func adopt(limit: Int, zone: ZoneOffset) {
        let new = DayQuota(limit: limit, zone: zone)
        guard new.offset == offset else {
            let wasStored = drawn != nil
            self = new
            if wasStored { share() }
            return
        }
        self.limit = new.limit
        drawn?.forgetLeft()
    }

    /// From now on nothing is used that was not drawn.
    mutating func share() {
        if drawn == nil { drawn = DayDrawn() }
    }

    /// What to draw, or to give back, so that about this much is at hand.
    ///
    /// - Parameters:
    ///   - most: what is worth having at hand; it is never more than an eighth of what is left, which is what a crash may
    ///     cost.
    ///   - isIdle: nothing was asked since the last time.
    mutating func draws(
        _ name: String, upTo most: Int, isIdle: Bool, isAlone: Bool, at wall: Timestamp
    ) -> [QuotaDraw] {
        guard var drawn else { return [] }
        let today = day(wall)
        (used, self.ahead) = counts(on: today)
        day = max(day, today)
        drawn.turn(to: day)
        self.drawn = drawn
        var draws: [QuotaDraw] = []
        if let amount = drawn.amount(
            on: day, used: used, most: most, limit: limit, isIdle: isIdle, isAlone: isAlone)
        {
            draws.append(QuotaDraw(name: name, day: Int(day), limit: limit, amount: amount))
        }
        let toMidnight = (day + 1) * Self.length - offset - wall.milliseconds
        if self.ahead > 0 || toMidnight < Self.eve,
            let amount = drawn.amount(
                on: day + 1, used: self.ahead, most: most, limit: limit, isIdle: false, isAlone: isAlone)
        {
            draws.append(QuotaDraw(name: name, day: Int(day + 1), limit: limit, amount: amount))
        }
        return draws
    }

    mutating func take(_ grant: QuotaGrant, of draw: QuotaDraw) {
        drawn?.add(grant, on: Int64(draw.day))
    }

    /// Everything that is at hand and not used, given back.
    func rest(_ name: String) -> [QuotaDraw] {
        guard let drawn else { return [] }
        return [(day, used), (day &+ 1, 0)].compactMap { day, used in
            let rest = drawn.on(day) - used
            return rest > 0 ? QuotaDraw(name: name, day: Int(day), limit: limit, amount: -rest) : nil
        }
    }

    private enum Room { case go, soon, none }

    @inline(__always)
    private func room(_ today: Int64, beyond used: Int) -> Room {
        guard let drawn else { return used < limit ? .go : .none }
        guard used < limit else { return .none }
        if used < drawn.on(max(day, today)) { return .go }
        return drawn.left(on: max(day, today)) > 0 || !drawn.isKnown(max(day, today)) ? .soon : .none
    }

    private func counts(on today: Int64) -> (used: Int, ahead: Int) {
        if today <= day { return (used, ahead) }
        return today == day &+ 1 ? (ahead, 0) : (0, 0)
    }

    private static let length: Int64 = 86_400_000
    /// How long before midnight the next day's first requests are drawn.
    private static let eve: Int64 = 10_000

    private func day(_ wall: Timestamp) -> Int64 {
        let (local, _) = wall.milliseconds.addingReportingOverflow(offset)
        let (day, rest) = local.quotientAndRemainder(dividingBy: Self.length)
        return rest < 0 ? day - 1 : day
    }
}
