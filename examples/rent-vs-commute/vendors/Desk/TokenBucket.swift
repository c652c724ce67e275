import Foundation

/// A bucket that fills at a steady rate and gives one token a request; time is passed in.
struct TokenBucket: Sendable {
    private let limit: RateLimit
    private var level: Double
    private var filled: Date?

    init(_ limit: RateLimit) {
        self.limit = limit
        level = limit.burst
    }

    /// Takes a token; nil when there was one, else the seconds until there will be.
    mutating func take(at now: Date) -> Double? {
        if let filled {
            level = min(limit.burst, level + max(0, now.timeIntervalSince(filled)) * limit.rate)
        }
        filled = now
        guard level >= 1 else { return (1 - level) / limit.rate }
        level -= 1
        return nil
    }

    /// Whole tokens left, as of the last request.
    var left: Int { Int(level) }

    /// Seconds until the bucket is full again.
    var reset: Double { (limit.burst - level) / limit.rate }
}
