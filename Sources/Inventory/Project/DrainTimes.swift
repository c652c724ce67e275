/// How long the server takes to end. Nil: what suits the environment.
public struct DrainTimes: Hashable, Sendable {
    /// How long it still takes requests after it was told to end, so that load balancers notice.
    public let announce: Duration?
    /// When it is over in any case, counted from the signal.
    public let deadline: Duration?

    public init(announce: Duration? = nil, deadline: Duration? = nil) {
        self.announce = announce
        self.deadline = deadline
    }

    /// Neither takes longer.
    public static let longest = Duration.seconds(3600)
}
