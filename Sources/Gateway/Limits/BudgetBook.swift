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

    /// Billionths of one currency that were spent today: by one tenant, or by all.
    private struct Sum: Sendable {
        /// By other nodes, and by those that were before this process.
        var others: Int64 = 0
        /// Here, what is under way included.
        var own: Int64 = 0
        /// What `own` was when `others` was last heard.
        var known: Int64 = 0

        var total: Int64 { others.adding(own) }

        /// What it may be after one cost more, where each of the other nodes spends as much as this one meanwhile.
        func with(_ cost: Int64, nodes: Int) -> Int64 {
            let since = max(0, own - known).adding(cost)
            let (elsewhere, overflow) = since.multipliedReportingOverflow(by: Int64(nodes - 1))
            return total.adding(cost).adding(overflow ? .max : elsewhere)
        }
    }

    /// One tenant's money of one currency.
    private struct Account: Sendable {
        var sum = Sum()
        /// Under way.
        var reserved: Int64 = 0
        /// Spent since the store was last told.
        var lately: Int64 = 0
        /// What the store was told that this process spent.
        var told: Int64 = 0

        /// What the store is to know: what was spent and is under way, and for the next second what the last one cost, so
        /// that a crash forgets nothing.
        var toTell: Int64 { sum.own.adding(lately) }
    }

    private struct Key: Hashable, Sendable {
        let tenant: String
        let currency: String
    }

    private var rules: Budgets
    private var day = Int.min
    private var accounts: [Key: Account] = [:]
    /// All tenants' totals by currency.
    private var totals: [String: Sum] = [:]
    private var nodes = 1
    /// Spent on days that are over.
    private var late: [Spending] = []

    package init(_ rules: Budgets) {
        self.rules = rules
    }

    /// Puts new caps into force; what was spent stays spent.
    package mutating func adopt(_ rules: Budgets) {
        self.rules = rules
    }

    /// So many nodes spend: of what is left, each may spend its part until it hears again of the others.
    package mutating func share(nodes: Int) {
        self.nodes = max(nodes, 1)
    }

    /// Whether an attempt of this cost may be sent; reserves it if so.
    package mutating func reserve(_ cost: Money?, tenant: String, at now: Timestamp) -> Answer {
        guard let cost, cost.nanos > 0 else { return .free }
        turn(to: now)
        let key = Key(tenant: tenant, currency: cost.currency)
        let spent = accounts[key]?.sum ?? Sum()
        if let cap = rules.tenant, cap.currency == cost.currency, spent.with(cost.nanos, nodes: nodes) > cap.nanos {
            return .exceeded(BudgetRefusal(.tenant, cap: cap, spent: spent.total, at: now))
        }
        let total = totals[cost.currency] ?? Sum()
        if let cap = rules.project, cap.currency == cost.currency, total.with(cost.nanos, nodes: nodes) > cap.nanos {
            return .exceeded(BudgetRefusal(.project, cap: cap, spent: total.total, at: now))
        }
        accounts[key, default: Account()].sum.own = spent.own.adding(cost.nanos)
        let reserved = accounts[key]?.reserved ?? 0
        accounts[key]?.reserved = reserved.adding(cost.nanos)
        totals[cost.currency, default: Sum()].own = total.own.adding(cost.nanos)
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
            account.lately = account.lately.adding(nanos)
        } else {
            account.sum.own -= nanos
            totals[charge.cost.currency]?.own -= nanos
        }
        accounts[key] = account
    }

    /// What the tenant spent or has under way today in this currency.
    package mutating func spent(_ tenant: String, currency: String, at now: Timestamp) -> Money {
        turn(to: now)
        let nanos = accounts[Key(tenant: tenant, currency: currency)]?.sum.total ?? 0
        return Money(nanos: nanos, currency: currency)
    }

    /// What is to be added to what the store has, below zero where that is too much; `giveBack` where it failed.
    package mutating func takeUnsaved() -> [Spending] {
        var spendings = late
        late = []
        for (key, account) in accounts {
            let target = account.toTell
            accounts[key]?.lately = 0
            guard target != account.told else { continue }
            accounts[key]?.told = target
            spendings.append(spending(key, target - account.told))
        }
        return spendings
    }

    package mutating func giveBack(_ spendings: [Spending]) {
        for spending in spendings {
            let key = Key(tenant: spending.tenant, currency: spending.amount.currency)
            guard spending.day == day, accounts[key] != nil else {
                late.append(spending)
                continue
            }
            accounts[key]?.told -= spending.amount.nanos
        }
    }

    /// Takes over what the store has for today, other nodes' spending included; days that are over are passed over.
    package mutating func restore(_ saved: [Spending], at now: Timestamp) {
        turn(to: now)
        for spending in saved where spending.day == day {
            let key = Key(tenant: spending.tenant, currency: spending.amount.currency)
            let told = accounts[key]?.told ?? 0
            accounts[key, default: Account()].sum.others = max(0, max(0, spending.amount.nanos) - told)
        }
        totals = [:]
        for (key, account) in accounts {
            accounts[key]?.sum.known = account.sum.own
            var total = totals[key.currency] ?? Sum()
            total.others = total.others.adding(account.sum.others)
            total.own = total.own.adding(account.sum.own)
            total.known = total.own
            totals[key.currency] = total
        }
    }

    private func spending(_ key: Key, _ nanos: Int64) -> Spending {
        Spending(tenant: key.tenant, day: day, amount: Money(nanos: nanos, currency: key.currency))
    }

    /// A new day begins with nothing spent; a clock that is set back changes nothing.
    private mutating func turn(to now: Timestamp) {
        let today = Spending.day(of: now)
        guard today > day else { return }
        // What is under way is added when it is over.
        for (key, account) in accounts where account.sum.own - account.reserved != account.told {
            late.append(spending(key, account.sum.own - account.reserved - account.told))
        }
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
