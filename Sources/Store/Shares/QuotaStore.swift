/// How much is used up of limits per day, over all nodes and restarts.
///
/// A node draws before it uses, so that a crash makes calls too few, never too many.
package protocol QuotaStore: Sendable {
    /// One answer per draw, in order. Never is more than the limit drawn.
    func drawQuotas(_ draws: [QuotaDraw]) async throws -> [QuotaGrant]
    func removeQuotas(before day: Int) async throws
}
