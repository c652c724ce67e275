/// The address and port the server listens at.
public struct ListenAddress: Hashable, Sendable {
    /// A host name or address; an IPv6 address without its brackets.
    public let host: String
    public let port: Int

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Where a project listens that does not say: this machine only, port 8787.
    public static let standard = ListenAddress(host: "127.0.0.1", port: 8787)
}

extension ListenAddress: CustomStringConvertible {
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
