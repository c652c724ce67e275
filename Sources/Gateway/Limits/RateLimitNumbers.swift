/// What a caller may still ask, as the fields of draft-ietf-httpapi-ratelimit-headers say it.
package struct RateLimitNumbers: Sendable, Equatable {
    package let scope: CallerScope
    /// Calls that may come at once after a quiet time.
    package let quota: Int
    /// Seconds in which a used-up quota is whole again.
    package let window: Int
    package let remaining: Int
    /// Seconds until the quota is whole again.
    package let reset: Int

    /// The value of `RateLimit`: `"token";r=12;t=3`.
    package var rateLimit: String { "\"\(scope.rawValue)\";r=\(remaining);t=\(reset)" }

    /// The value of `RateLimit-Policy`: `"token";q=400;w=2`.
    package var policy: String { "\"\(scope.rawValue)\";q=\(quota);w=\(window)" }

    /// Whether a smaller share of it is left.
    private func isTighter(than other: Self) -> Bool {
        remaining.multipliedFullWidth(by: other.quota) < other.remaining.multipliedFullWidth(by: quota)
    }

    init(_ scope: CallerScope, _ pace: Pace, fullAt: Int64, at now: Int64) {
        self.scope = scope
        quota = pace.burst
        window = Self.seconds(pace.window)
        remaining = pace.remaining(fullAt, at: now)
        reset = Self.seconds(max(0, fullAt - now))
    }

    /// The one of which the smaller share is left.
    static func scarcer(_ one: RateLimitNumbers?, _ other: RateLimitNumbers?) -> RateLimitNumbers? {
        guard let one, let other else { return one ?? other }
        return other.isTighter(than: one) ? other : one
    }

    private static func seconds(_ nanoseconds: Int64) -> Int {
        Int((nanoseconds + 999_999_999) / 1_000_000_000)
    }
}
