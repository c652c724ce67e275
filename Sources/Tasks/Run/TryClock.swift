import Store

/// Tells Footing's share of the time of each try: what is neither the provider's nor a wait.
struct TryClock: Sendable {
    private var last: Duration
    private var wait = 0.0
    private(set) var wasRetried = false

    init(began: Duration) {
        last = began
    }

    /// Returns milliseconds.
    mutating func add(_ attempt: CallTry, at now: Duration) -> Double {
        defer {
            last = now
            wait = attempt.waitedMilliseconds
        }
        if attempt.outcome == .retried { wasRetried = true }
        return max(0, (now - last).milliseconds - attempt.milliseconds - attempt.heldMilliseconds - wait)
    }
}
