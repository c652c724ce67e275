/// What is counted of a call that left no trace worth a row: small integers only, so that nothing is allocated for it.
package struct CallFacts: Sendable, Equatable {
    package enum Kind: Sendable {
        /// A read that was answered at once.
        case read
        /// A call that ended by its caller's doing without having changed anything: no token, too many, wrong input.
        case refused
    }

    package var kind: Kind
    /// Index of provider and operation, given out by the sink.
    package var slot: Int
    /// When the call ended.
    package var at: Timestamp
    package var totalMicroseconds: Int
    package var providerMicroseconds: Int

    package init(_ kind: Kind = .read, slot: Int, at: Timestamp, totalMicroseconds: Int, providerMicroseconds: Int) {
        self.kind = kind
        self.slot = slot
        self.at = at
        self.totalMicroseconds = totalMicroseconds
        self.providerMicroseconds = providerMicroseconds
    }
}
