package import Inventory
package import NIOSSL

/// One address that requests go to, and how connections to it are made.
///
/// Connections are kept for each endpoint object: one is made for a provider and used for all its calls.
package final class Endpoint: Sendable {
    /// Makes or hands out the TLS context of the next connection; called on its event loop.
    ///
    /// - Parameter protocols: what ALPN offers, in order.
    package typealias TLSSupplier = @Sendable (_ protocols: [String]) throws -> NIOSSLContext

    package let url: ServiceURL
    package let http2: HTTP2Use
    /// What the `Host` field says.
    package let authority: String
    let tls: TLSSupplier
    /// The name for SNI and the certificate; nil for an address literal.
    let serverName: String?
    /// Decides by the certificates shown, in place of the verification that is usual; nil: that one.
    let proof: (@Sendable ([NIOSSLCertificate]) -> Bool)?

    /// - Parameter serverName: the name to ask for and to find in the certificate, where it is not the address's host.
    package init(
        _ url: ServiceURL, serverName: String? = nil, http2: HTTP2Use = .auto,
        tls: @escaping TLSSupplier = Endpoint.machineTrust, proof: (@Sendable ([NIOSSLCertificate]) -> Bool)? = nil
    ) {
        self.url = url
        self.serverName = serverName ?? Self.name(of: url)
        self.http2 = http2
        self.authority = url.authority
        self.tls = tls
        self.proof = proof
    }

    /// A new context that trusts what the machine trusts; costs some milliseconds, which is much for each connection but
    /// little for a program that makes one.
    package static let machineTrust: TLSSupplier = { protocols in
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.applicationProtocols = protocols
        return try NIOSSLContext(configuration: configuration)
    }

    var isSecure: Bool { url.scheme == .https }

    /// What ALPN offers.
    var protocols: [String] {
        switch http2 {
        case .auto: ["h2", "http/1.1"]
        case .never: ["http/1.1"]
        case .always: ["h2"]
        }
    }

    /// nil for an address literal.
    private static func name(of url: ServiceURL) -> String? {
        url.host.contains(":") || url.host.allSatisfy { $0.isNumber || $0 == "." } ? nil : url.host
    }
}
