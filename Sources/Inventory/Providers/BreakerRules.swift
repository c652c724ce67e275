/// When a provider, or one of its operations, is left alone for a while.
public struct BreakerRules: Hashable, Sendable {
    /// The share of failed calls, above 0 and up to 1, that opens the breaker.
    public let failures: Double
    /// Calls the window must hold before the share counts.
    public let minimum: Int
    /// How far back calls are counted.
    public let window: Duration
    /// How long the breaker stays open before probes may go.
    public let open: Duration
    /// A call that takes longer counts as failed; nil: time alone never does.
    public let slow: Duration?
    /// Calls that must succeed, one failure among them is too many, before the breaker closes.
    public let probes: Int
    /// How long after closing the share of calls let through grows to all of them; zero: all at once.
    public let ramp: Duration

    public init(
        failures: Double = 0.5, minimum: Int = 10, window: Duration = .seconds(30), open: Duration = .seconds(15),
        slow: Duration? = nil, probes: Int = 1, ramp: Duration = .seconds(10)
    ) {
        self.failures = failures
        self.minimum = minimum
        self.window = window
        self.open = open
        self.slow = slow
        self.probes = probes
        self.ramp = ramp
    }
}
