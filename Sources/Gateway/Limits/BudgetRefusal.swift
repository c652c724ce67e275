package import Inventory
import Store

/// Why a call that costs money may not go today.
package struct BudgetRefusal: Sendable, Equatable {
    /// Whose budget is spent.
    package enum Scope: String, Sendable {
        case tenant, project
    }

    package let scope: Scope
    package let cap: Money
    package let spent: Money
    /// Until the next day begins (UTC).
    package let retryAfter: Duration

    init(_ scope: Scope, cap: Money, spent: Int64, at now: Timestamp) {
        self.scope = scope
        self.cap = cap
        self.spent = Money(nanos: spent, currency: cap.currency)
        let midnight = (Int64(Spending.day(of: now)) + 1) * 86_400_000
        retryAfter = .milliseconds(midnight - now.milliseconds)
    }
}
