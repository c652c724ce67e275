/// Why a caller has to come back later, and when.
package struct CallerRefusal: Sendable, Equatable {
    package let scope: CallerScope
    /// Too many calls of this caller are under way; else they came too fast.
    package let isConcurrency: Bool
    /// True for the rate. When a place becomes free nobody knows, so it is a second for concurrency.
    package let retryAfter: Duration
    package let numbers: RateLimitNumbers
}
