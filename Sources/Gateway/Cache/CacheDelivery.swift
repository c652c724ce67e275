package import Store

/// What becomes of a call that waited for another one's answer.
package enum CacheDelivery: Sendable {
    case answer(CachedAnswer)
    /// The other call failed, and nothing stale may be shown.
    case failed(Problem)
    /// Ask the provider: the one who did left, or its answer is for other fields than this call's.
    case fetch(CacheFetch)
    /// Ask the provider, nothing is kept: the answer turned out to be one that callers cannot share.
    case bypass(CacheStatus)
}
