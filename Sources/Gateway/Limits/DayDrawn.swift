import Store

/// What one node has drawn of a stored quota, for a day and the one after.
struct DayDrawn: Sendable {
    private struct Book: Sendable {
        var drawn = 0
        /// What nobody has drawn, as last heard.
        var left: Int?
    }

    private var day = Int64.min
    private var today = Book()
    private var tomorrow = Book()

    private func book(_ day: Int64) -> Book {
        if day == self.day { return today }
        return day == self.day &+ 1 ? tomorrow : Book()
    }

    /// What may be used of that day.
    func on(_ day: Int64) -> Int { book(day).drawn }

    func left(on day: Int64) -> Int { book(day).left ?? 0 }

    /// Whether the store has said how much is left.
    func isKnown(_ day: Int64) -> Bool { book(day).left != nil }

    mutating func turn(to day: Int64) {
        guard day > self.day else { return }
        today = day == self.day &+ 1 ? tomorrow : Book()
        tomorrow = Book()
        self.day = day
    }

    mutating func forgetLeft() {
        today.left = nil
        tomorrow.left = nil
    }

    mutating func add(_ grant: QuotaGrant, on day: Int64) {
        if day == self.day {
            today.drawn = max(0, today.drawn + grant.amount)
            today.left = grant.left
        } else if day == self.day &+ 1 {
            tomorrow.drawn = max(0, tomorrow.drawn + grant.amount)
            tomorrow.left = grant.left
        }
    }

    /// What to draw or give back; nil where it is well as it is, and nothing where others may make a difference.
    func amount(on day: Int64, used: Int, most: Int, limit: Int, isIdle: Bool, isAlone: Bool) -> Int? {
        let book = book(day)
        let have = book.drawn - used
        guard let left = book.left else { return max(1, min(most, limit / 8) - have) }
        // Nobody else has any: the day is over.
        if isAlone, left == 0 { return nil }
        // The last ones go to whoever has something to do.
        if left == 0, isIdle { return -max(0, have) }
        let wanted = max(1, min(most, (left + max(0, have)) / 8))
        if have < (wanted + 1) / 2 || have <= 0 || have > 4 * wanted { return wanted - have }
        return isAlone ? nil : 0
    }
}
