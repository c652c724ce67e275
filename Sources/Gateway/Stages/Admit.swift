import Access
import Store
import Synchronization

/// Third stage: callers' own limits, so that one caller cannot use up what all share.
///
/// Each token may have a bounded number of calls under way and a bounded rate; both are generous and protect Footing itself.
final class Admit: Sendable {
    private struct Usage {
        var bucket: TokenBucket
        var running = 0
    }

    /// Per token and second, with as large a burst; and calls under way at once.
    struct Bounds: Sendable {
        var ratePerSecond = 200
        var burst = 400
        var concurrent = 256
    }

    private let bounds: Bounds
    private let usage = Mutex<[String: Usage]>([:])

    init(bounds: Bounds = Bounds()) {
        self.bounds = bounds
    }

    /// Pair with `leave` once it has returned.
    func run(_ context: inout CallContext, now: Duration) throws(Problem) {
        guard let caller = context.caller else { return }
        let wait: Duration? = usage.withLock { usage in
            if usage.count > 10_000 { usage = usage.filter { $0.value.running > 0 } }
            var entry =
                usage[caller.id]
                ?? Usage(bucket: TokenBucket(count: bounds.ratePerSecond, per: .seconds(1), burst: bounds.burst))
            let delay = entry.bucket.delay(at: now)
            if delay > .zero { return delay }
            if entry.running >= bounds.concurrent { return .seconds(1) }
            _ = entry.bucket.reserve(at: now)
            entry.running += 1
            usage[caller.id] = entry
            return nil
        }
        if let wait {
            throw context.problem(
                "too_many_calls", .caller, 429, "Too many calls", "That is more than this app may ask at once.",
                retryable: true, after: max(wait, .seconds(1)))
        }
    }

    func leave(_ caller: Caller) {
        usage.withLock { $0[caller.id]?.running -= 1 }
    }
}
