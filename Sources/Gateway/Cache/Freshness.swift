package import Inventory
package import Store
package import Wire

/// How long an answer may be given out, worked out once when it arrives (RFC 9111, 4.2; RFC 5861).
///
/// All times are nanoseconds counted from the arrival, so that nothing has to read a wall clock later.
package struct Freshness: Sendable, Equatable {
    /// How old the answer was when it arrived: corrected_initial_age.
    package let age: Int64
    /// Until then it is given out without asking; zero: never.
    package let fresh: Int64
    /// From the end of `fresh`: how long it is given out when the provider fails.
    package let staleIfError: Int64
    /// From the end of `fresh`: how long it is given out while another is fetched.
    package let staleWhileRevalidate: Int64

    /// - Parameters:
    ///   - asked: uptime in nanoseconds when the request was sent, `arrived` when the head of the answer came.
    ///   - now: the wall-clock time of the arrival.
    package init(
        _ head: FieldList, _ directives: CacheDirectives, _ rules: CacheRules, asked: Int64, arrived: Int64,
        now: Timestamp
    ) {
        let date = head[.date].flatMap { HTTPDate.parse($0) }
        let apparent = date.map { max(0, now.milliseconds / 1000 - $0.milliseconds / 1000) } ?? 0
        let told = head[.age].flatMap { DeltaSeconds.read($0) } ?? 0
        let delay = max(0, arrived - asked)
        age = max(min(apparent, DeltaSeconds.most) * Self.second, told * Self.second + delay)

        let ceiling = Self.nanoseconds(rules.lifetime)
        if directives.noCache {
            fresh = 0
        } else if let lifetime = Self.lifetime(head, directives, since: date ?? now) {
            fresh = min(max(0, lifetime - age), ceiling)
        } else {
            fresh = ceiling
        }
        staleIfError = Self.stale(rules.staleIfError, directives.staleIfError, directives)
        staleWhileRevalidate = Self.stale(rules.staleWhileRevalidate, directives.staleWhileRevalidate, directives)
    }

    /// freshness_lifetime for a shared cache; nil when the provider says nothing about it.
    private static func lifetime(_ head: FieldList, _ directives: CacheDirectives, since date: Timestamp) -> Int64? {
        if let limit = directives.sharedMaxAge.nanoseconds { return limit }
        if let limit = directives.maxAge.nanoseconds { return limit }
        let expires = head.values(.expires)
        guard let first = expires.first else { return nil }
        guard expires.allSatisfy({ $0 == first }), let moment = HTTPDate.parse(first) else { return 0 }
        return min(max(0, (moment.milliseconds - date.milliseconds) / 1000), DeltaSeconds.most) * second
    }

    /// The provider's own permission counts where it is shorter. `s-maxage` forbids what `proxy-revalidate` forbids (RFC
    /// 9111, 5.2.2.10), unless the answer permits it in the same breath.
    private static func stale(_ rule: Duration, _ told: DeltaSeconds, _ directives: CacheDirectives) -> Int64 {
        guard !directives.noCache, !directives.mustRevalidate else { return 0 }
        if let told = told.nanoseconds { return min(told, nanoseconds(rule)) }
        return directives.sharedMaxAge.isAbsent ? nanoseconds(rule) : 0
    }

    private static let second: Int64 = 1_000_000_000

    private static func nanoseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        return min(max(seconds, 0), DeltaSeconds.most) * second + attoseconds / second
    }
}
