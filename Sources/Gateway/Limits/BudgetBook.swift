package import Inventory
package import Store

/// What calls have cost today (UTC), and whether one more may go.
///
/// A pure value. Money is reserved before an attempt is sent and either spent or given back when it is over, so that calls
/// side by side cannot go beyond a cap together. Every cost is counted, capped or not; caps count costs in their own
/// currency alone. What a store knows comes in with `restore`, what it does not know yet goes out with `takeUnsaved`.
package struct BudgetBook: Sendable {
    package enum Answer: Sendable, Equatable {
        /// It costs nothing.
        case free
        /// To be settled once.
        case reserved(Charge)
        case exceeded(BudgetRefusal)
    }

    /// The reserved cost of one attempt.
    package struct Charge: Sendable, Equatable {
        let tenant: String
        let day: Int
        package let cost: Money
    }

    /// Billionths of one currency that one tenant spent today.
    private struct Account: Sendable {
        /// Known to the store.
        var saved: Int64 = 0
        /// Spent since.
        var unsaved: Int64 = 0
        /// Under way.
        var reserved: Int64 = 0

        var total: Int64 { saved.adding(unsaved).adding(reserved) }
    }

    private struct Key: Hashable, Sendable {
        let tenant: String
        let currency: String
    }

    private var rules: Budgets
    private var day = Int.min
    private var accounts: [Key: Account] = [:]
    /// All tenants' totals by currency.
    private var totals: [String: Int64] = [:]
    /// Spent on days that are over.
    private var late: [Spending] = []

    package init(_ rules: Budgets) {
        self.rules = rules
    }

    /// Puts new caps into force; what was spent stays spent.
    package mutating func adopt(_ rules: Budgets) {
        self.rules = rules
    }

    /// Whether an attempt of this cost may be sent; reserves it if so.
    package mutating func reserve(_ cost: Money?, tenant: String, at now: Timestamp) -> Answer {
        guard let cost, cost.nanos > 0 else { return .free }
        turn(to: now)
        let key = Key(tenant: tenant, currency: cost.currency)
        let spent = accounts[key]?.total ?? 0
        if let cap = rules.tenant, cap.currency == cost.currency, spent.adding(cost.nanos) > cap.nanos {
            return .exceeded(BudgetRefusal(.tenant, cap: cap, spent: spent, at: now))
        }
        let total = totals[cost.currency] ?? 0
        if let cap = rules.project, cap.currency == cost.currency, total.adding(cost.nanos) > cap.nanos {
            return .exceeded(BudgetRefusal(.project, cap: cap, spent: total, at: now))
        }
        accounts[key, default: Account()].reserved = (accounts[key]?.reserved ?? 0).adding(cost.nanos)
        totals[cost.currency] = total.adding(cost.nanos)
        return .reserved(Charge(tenant: tenant, day: day, cost: cost))
    }

    /// The attempt is over.
    ///
    /// - Parameter wasSent: whether it reached the provider; else the money is free again.
    package mutating func settle(_ charge: Charge, wasSent: Bool) {
        guard charge.day == day else {
            if wasSent { late.append(Spending(tenant: charge.tenant, day: charge.day, amount: charge.cost)) }
            return
        }
        let nanos = charge.cost.nanos
        let key = Key(tenant: charge.tenant, currency: charge.cost.currency)
        guard var account = accounts[key], account.reserved >= nanos else { return }
        account.reserved -= nanos
        if wasSent {
            account.unsaved = account.unsaved.adding(nanos)
        } else {
            totals[charge.cost.currency] = max(0, (totals[charge.cost.currency] ?? 0) - nanos)
        }
        accounts[key] = account
    }

    /// What the tenant spent or has under way today in this currency.
    package mutating func spent(_ tenant: String, currency: String, at now: Timestamp) -> Money {
        turn(to: now)
        let nanos = accounts[Key(tenant: tenant, currency: currency)]?.total ?? 0
        return Money(nanos: nanos, currency: currency)
    }

    /// What was spent since the last time, to be added to what the store has; `giveBack` where that failed.
    package mutating func takeUnsaved() -> [Spending] {
        var spendings = late
        late = []
        for (key, account) in accounts where account.unsaved > 0 {
            spendings.append(
                Spending(
                    tenant: key.tenant, day: day, amount: Money(nanos: account.unsaved, currency: key.currency)))
            accounts[key]?.saved = account.saved.adding(account.unsaved)
            accounts[key]?.unsaved = 0
        }
        return spendings
    }

    package mutating func giveBack(_ spendings: [Spending]) {
        for spending in spendings {
            let key = Key(tenant: spending.tenant, currency: spending.amount.currency)
            guard spending.day == day, var account = accounts[key] else {
                late.append(spending)
                continue
            }
            account.saved = max(0, account.saved - spending.amount.nanos)
            account.unsaved = account.unsaved.adding(spending.amount.nanos)
            accounts[key] = account
        }
    }

    /// Takes over what the store has for today, other nodes' spending included; days that are over are passed over.
    package mutating func restore(_ saved: [Spending], at now: Timestamp) {
        turn(to: now)
        for spending in saved where spending.day == day {
            let key = Key(tenant: spending.tenant, currency: spending.amount.currency)
            accounts[key, default: Account()].saved = max(0, spending.amount.nanos)
        }
        totals = [:]
        for (key, account) in accounts {
            totals[key.currency] = (totals[key.currency] ?? 0).adding(account.total)
        }
    }

    /// A new day begins with nothing spent; a clock that is set back changes nothing.
    private mutating func turn(to now: Timestamp) {
        let today = Spending.day(of: now)
        guard today > day else { return }
        if day > .min { late = takeUnsaved() }
        day = today
        accounts = [:]
        totals = [:]
    }
}

extension Int64 {
    /// The sum of two amounts, or the largest number where it is larger.
    fileprivate func adding(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
