/// Limits that many nodes share: each leases a part and gives it back by asking again or by letting the lease end.
///
/// Never is more than `total` out. What there is is divided max-min fairly by what the living nodes want: who wants
/// little gets it, the rest is split evenly. A node that comes new to a limit that is all out gets its part as the
/// others ask again. What does not divide goes to the node that was longest without.
package protocol ShareStore: Sendable {
    /// Replaces the node's earlier leases of these limits; one grant per wish, 0...wanted, good until the moment.
    func leaseShares(_ wishes: [ShareWish], node: String, at: Timestamp, until: Timestamp) async throws -> [Int]
    /// Gives back everything the node has.
    func releaseShares(node: String) async throws
}
