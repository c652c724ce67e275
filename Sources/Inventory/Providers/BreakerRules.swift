/// When a provider is left alone for a while.
public struct BreakerRules: Hashable, Sendable {
    /// The share of failed calls, above 0 and up to 1, that opens the breaker.
    public let failures: Double
    /// Calls the window must hold before the share counts.
    public let minimum: Int
    /// How far back calls are counted.
    public let window: Duration
    /// How long the breaker stays open before one call may try again.
    public let open: Duration

    public init(
        failures: Double = 0.5, minimum: Int = 10, window: Duration = .seconds(30), open: Duration = .seconds(15)
    ) {
        self.failures = failures
        self.minimum = minimum
        self.window = window
        self.open = open
    }
}
