/// How long a provider may take.
public struct Timeouts: Hashable, Sendable {
    /// Until the connection stands, TLS included.
    public let connect: Duration
    /// From the request's first byte to the answer's first byte, for one try; nil: as long as `total`.
    public let firstByte: Duration?
    /// From the first byte sent to the last byte received, for one try.
    public let total: Duration

    public init(connect: Duration = .seconds(5), firstByte: Duration? = nil, total: Duration = .seconds(30)) {
        self.connect = connect
        self.firstByte = firstByte
        self.total = total
    }
}
