/// What calls have cost, per tenant, day and currency.
package protocol SpendingStore: Sendable {
    /// Adds to the totals; amounts of the same tenant, day and currency may come several times.
    func addSpending(_ amounts: [Spending]) async throws
    /// The totals of a day, in no order.
    func spending(day: Int) async throws -> [Spending]
    func removeSpending(before day: Int) async throws
}
