/// How the cache dealt with a request, in the words of RFC 9211.
package struct CacheStatus: Sendable, Equatable {
    /// The value of the field `Cache-Status`.
    package let text: String
    /// One word, for the ledger.
    package let word: String

    /// The answer was there; a negative time to live is an answer past its time.
    static func hit(ttl: Int64) -> CacheStatus {
        CacheStatus(text: "footing; hit; ttl=\(ttl)", word: ttl < 0 ? "stale" : "hit")
    }

    /// The request went on to the provider.
    ///
    /// - Parameters:
    ///   - why: `miss`, `stale`, `request` or `bypass`.
    ///   - note: what came of it, as further parameters.
    static func forwarded(_ why: String, _ note: String = "", word: String? = nil) -> CacheStatus {
        CacheStatus(text: note.isEmpty ? "footing; fwd=\(why)" : "footing; fwd=\(why); \(note)", word: word ?? why)
    }
}
