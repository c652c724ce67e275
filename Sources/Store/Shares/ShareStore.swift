/// Limits that many nodes share: each leases a part and gives it back by asking again or by letting the lease end.
///
/// Never is more than `total` out: what a node says it still uses is taken until it says that it uses less. What there is
/// is divided by `ShareSplit` among the living nodes. A node that comes new to a limit that is all out gets its part as
/// the others ask again. What does not divide goes to the node that was longest without.
///
/// Leases end by the clock of whoever asks: nodes leave a margin for clocks that differ.
package protocol ShareStore: Sendable {
    /// Replaces the node's earlier leases of these limits; one grant per wish, good until the moment.
    func leaseShares(
        _ wishes: [ShareWish], node: String, at: Timestamp, until: Timestamp
    ) async throws -> [ShareGrant]
    /// Gives back everything the node has.
    func releaseShares(node: String, at: Timestamp) async throws
    /// How many nodes live besides this one.
    func otherNodes(than node: String, at: Timestamp) async throws -> Int
    /// Forgets when limits that nobody has had since then were last in use.
    func removePastShares(before: Timestamp) async throws
}
