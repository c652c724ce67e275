/// Counts of all calls, in minutes and in hours.
package protocol TallyStore: Sendable {
    /// Adds calls to the minute and to the hour they ended in; several tallies may add to the same one.
    ///
    /// - Parameter tallies: of minutes.
    func addTallies(_ tallies: [Tally]) async throws
    /// Tallies that start at the moment or later, the oldest first.
    func tallies(per period: Tally.Period, since: Timestamp) async throws -> [Tally]
    /// Removes at most `limit` tallies that start before the moment; returns how many those were.
    func removeTallies(per period: Tally.Period, before: Timestamp, limit: Int) async throws -> Int
}
