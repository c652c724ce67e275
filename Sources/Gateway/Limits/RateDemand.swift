#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How much of a rate one node has asked for lately.
struct RateDemand: Sendable {
    private var asked = 0
    private var isShort = false
    private var since: Int64 = 0
    /// Smoothed requests per nanosecond.
    private var average = 0.0

    @inline(__always)
    mutating func note(hadToWait: Bool) {
        asked &+= 1
        if hadToWait { isShort = true }
    }

    /// Parts of the whole that would do for it, a quarter on top, and a fiftieth for the next call in any case. Who had to
    /// wait wants it all, which means as much as the others.
    ///
    /// Smoothed over as long as the bucket takes to fill, 2 s to 60 s: of a slow rate one call is much.
    mutating func parts(of whole: Int, pace: Pace, at moment: Int64) -> Int {
        let span = max(moment - since, 1)
        let smoothing = Double(min(max(pace.window, 2_000_000_000), 60_000_000_000))
        let weight = 1 - exp(-Double(span) / smoothing)
        average += (Double(asked) / Double(span) - average) * weight
        let wasShort = isShort
        (asked, isShort, since) = (0, false, moment)
        let needed = min(average * Double(pace.interval) * 1.25, 1) * Double(whole)
        return wasShort ? whole : max(Int(needed.rounded(.up)), whole / 50)
    }
}
