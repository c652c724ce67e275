/// What a node wants to be able to use of a day's limit, or gives back.
package struct QuotaDraw: Sendable, Hashable {
    /// The limit, e.g. `rents` or `rents.search`.
    package let name: String
    /// Days since 1970-01-01 where the limit's days begin.
    package let day: Int
    package let limit: Int
    /// Below zero: that many are not used after all.
    package let amount: Int

    package init(name: String, day: Int, limit: Int, amount: Int) {
        self.name = name
        self.day = day
        self.limit = limit
        self.amount = amount
    }
}

/// The answer to a draw.
package struct QuotaGrant: Sendable, Hashable {
    /// What is the node's now besides what it had; 0...wanted, or what it gave back, below zero.
    package let amount: Int
    /// What nobody has drawn yet.
    package let left: Int

    package init(amount: Int, left: Int) {
        self.amount = amount
        self.left = left
    }
}
