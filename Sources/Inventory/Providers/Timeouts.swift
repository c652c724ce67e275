/// How long a provider may take.
public struct Timeouts: Hashable, Sendable {
    /// Until the connection stands, TLS included.
    public let connect: Duration
    /// From the first byte sent to the last byte received, for one try.
    public let total: Duration

    public init(connect: Duration = .seconds(5), total: Duration = .seconds(30)) {
        self.connect = connect
        self.total = total
    }
}
