/// How much of a limit that all nodes share one of them wants for the next while.
package struct ShareWish: Sendable, Hashable {
    /// The limit, e.g. `rate/rents`.
    package let name: String
    package let wanted: Int
    /// What the node goes on using until it hears the answer.
    package let holds: Int
    /// The whole limit; all nodes name the same.
    package let total: Int

    package init(name: String, wanted: Int, holds: Int, total: Int) {
        self.name = name
        self.wanted = wanted
        self.holds = holds
        self.total = total
    }
}
