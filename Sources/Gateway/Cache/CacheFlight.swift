import Store

/// One question to a provider, and who waits for its answer.
///
/// When the asking caller leaves, or its answer is not for all, the next one in line asks: the flight goes on with another turn.
struct CacheFlight: Sendable {
    struct Follower: Sendable {
        let seat: UInt64
        let request: CacheRequest
        let listener: @Sendable (CacheDelivery) -> Void
    }

    let id: UInt64
    /// Counts the callers that asked; who asked in an earlier turn has no more say.
    var turn = 0
    /// Whose turn it is.
    var request: CacheRequest
    /// What is kept already, perhaps stale.
    var known: CacheEntry?
    /// `miss`, `stale` or `request`: the word of RFC 9211 for why the provider is asked.
    var why: String
    /// False once a write or a purge has made the coming answer out of date.
    var mayKeep = true
    /// On which terms the coming answer is kept; nil until its head has come.
    var terms: CacheJudgement.Terms?
    /// Uptime in nanoseconds when the head came.
    var arrived: Int64 = 0
    var followers: [Follower] = []
}
