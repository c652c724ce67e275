package import Inventory

/// How many retries a provider may still be given: a share of the calls of the last ten seconds, and a minimum for those
/// who make few. Keeps retries from being what holds a failing provider down.
///
/// A pure state machine over uptime.
package struct RetryBudget: Sendable {
    private let rules: RetryBudgetRules
    private let hedging: Double
    private let atLeast: Double
    /// Calls, and as marked ones their retries.
    private var window = CountWindow(Self.length)
    /// Hedges saved up.
    private var hedges = 0.0

    private static let length = Duration.seconds(10)
    private static let hedgesAtMost = 10.0

    package init(_ rules: RetryRules) {
        self.rules = rules.budget
        hedging = rules.hedge?.atMost ?? 0
        let per = Double(max(rules.budget.atLeast.per.nanoseconds, 1))
        atLeast = Double(rules.budget.atLeast.count) * Double(Self.length.nanoseconds) / per
    }

    /// A call was made; its retries are not calls.
    package mutating func noteCall(at now: Moment) {
        window.add(count: 1, marked: 0, at: now.nanoseconds)
        if hedging > 0 { hedges = min(Self.hedgesAtMost, hedges + hedging) }
    }

    /// Whether there may be one retry more; counts it.
    package mutating func spend(at now: Moment) -> Bool {
        guard allows(at: now.nanoseconds) else { return false }
        window.add(count: 0, marked: 1, at: now.nanoseconds)
        return true
    }

    /// Whether there may be one hedge more, which counts as a retry too; counts it.
    package mutating func spendHedge(at now: Moment) -> Bool {
        guard hedges >= 1, spend(at: now) else { return false }
        hedges -= 1
        return true
    }

    /// Retries of the last ten seconds.
    package mutating func spent(at now: Moment) -> Int {
        window.advance(to: now.nanoseconds)
        return window.marked
    }

    private mutating func allows(at now: Int64) -> Bool {
        window.advance(to: now)
        return Double(window.marked + 1) <= rules.share * Double(window.count) + atLeast
    }
}
