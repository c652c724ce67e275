/// What to do with a provider's answer whose head has come.
package enum CachePlan: Sendable {
    /// Collect the body, then end with `finished`; with `decline(.size)` once it has more bytes than this.
    case keep(atMost: Int)
    /// The kept answer still holds: send it. The fetch has ended.
    case unchanged(CachedAnswer)
    /// Not to be kept: it goes on as it comes, with the status. The fetch has ended.
    case pass(CacheStatus)
}
