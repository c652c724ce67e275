/// What is counted of an answered read that left no trace worth a row: small integers only, so that nothing is
/// allocated for it.
package struct CallFacts: Sendable, Equatable {
    /// Index of provider and operation, given out by the sink.
    package var slot: Int
    /// When the call ended.
    package var at: Timestamp
    package var totalMicroseconds: Int
    package var providerMicroseconds: Int

    package init(slot: Int, at: Timestamp, totalMicroseconds: Int, providerMicroseconds: Int) {
        self.slot = slot
        self.at = at
        self.totalMicroseconds = totalMicroseconds
        self.providerMicroseconds = providerMicroseconds
    }
}
