package import Inventory

/// What a tenant has spent in one currency on one day (UTC).
package struct Spending: Sendable, Hashable {
    package let tenant: String
    /// Days since 1970-01-01.
    package let day: Int
    package let amount: Money

    package init(tenant: String, day: Int, amount: Money) {
        self.tenant = tenant
        self.day = day
        self.amount = amount
    }

    package static func day(of moment: Timestamp) -> Int {
        let (days, rest) = moment.milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
        return Int(rest < 0 ? days - 1 : days)
    }
}
