/// What the cache holds and what it has saved, for people.
package struct CacheCensus: Sendable, Equatable {
    /// Counted since the start.
    package struct Counts: Sendable, Equatable {
        /// Answered without asking.
        package var hits = 0
        /// Asked: nothing was there, or nothing that could be used.
        package var misses = 0
        /// Waited for another call's answer.
        package var collapsed = 0
        /// Answers that the provider said still hold.
        package var revalidated = 0
        /// Answered past its time: while another was fetched, or because the provider failed.
        package var stale = 0
        /// Answers that were not kept.
        package var refused = 0
        package var entries = 0
        package var bytes = 0
    }

    package var entries: Int
    package var bytes: Int
    package var bounds: CacheBounds
    /// By provider.
    package var providers: [String: Counts]
}
