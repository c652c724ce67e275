/// The address of a provider's API, taken apart: scheme, host, port and the path all its operations begin with.
public struct ServiceURL: Hashable, Sendable {
    /// What the connection speaks.
    public enum Scheme: String, Sendable {
        case http
        case https
    }

    public let scheme: Scheme
    /// The host in lower case; an IPv6 address without its brackets.
    public let host: String
    /// The port, filled in from the scheme when the address names none.
    public let port: Int
    /// Empty, or a path that begins with `/` and does not end with one.
    public let basePath: String

    public init(scheme: Scheme, host: String, port: Int? = nil, basePath: String = "") {
        self.scheme = scheme
        self.host = host
        self.port = port ?? (scheme == .https ? 443 : 80)
        self.basePath = basePath
    }

    /// Whether the address stays on this machine (`localhost`, 127.0.0.0/8, `::1`).
    public var isLoopback: Bool {
        if host == "localhost" || host == "::1" || host.hasSuffix(".localhost") { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// What a `Host` header carries: the port only when it is not the scheme's own.
    public var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (scheme == .https ? 443 : 80) ? name : "\(name):\(port)"
    }
}

extension ServiceURL: CustomStringConvertible {
    public var description: String { "\(scheme.rawValue)://\(authority)\(basePath)" }
}
