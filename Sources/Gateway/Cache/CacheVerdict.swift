/// What to do with a call whose answers may be kept.
package enum CacheVerdict: Sendable {
    /// Send this. With `refresh`, ask the provider as well: nobody waits for it.
    case answer(CachedAnswer, refresh: CacheFetch?)
    /// Ask the provider, for all who wait for the same.
    case fetch(CacheFetch)
    /// Somebody asks already: what comes of it is delivered.
    case wait(CacheSeat)
    /// Ask the provider; nothing is kept. The status goes on the answer.
    case bypass(CacheStatus)
    /// The caller wanted a kept answer or none.
    case refused(CacheStatus)
}
