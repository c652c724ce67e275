package import Access
package import Inventory
package import NIOSSL

/// What the TLS connections to a provider are made with; equal settings make contexts that do the same.
///
/// The provider's certificate is always verified in full, and TLS is 1.2 or 1.3.
package struct TLSSettings: Sendable, Hashable {
    private let authorities: String?
    private let protocols: [String]
    private let certificate: Secret?
    private let key: Secret?

    /// - Parameters:
    ///   - protocols: what is offered in the handshake (ALPN, RFC 7301), the wished for first.
    ///   - certificate: the value of the secret `tls.client.certificate`, where the provider names one.
    ///   - key: the value of the secret `tls.client.key`.
    package init(_ tls: ProviderTLS, protocols: [String], certificate: Secret? = nil, key: Secret? = nil) {
        authorities = tls.authorities
        self.protocols = protocols
        self.certificate = certificate
        self.key = key
    }

    /// A new context; costs milliseconds, since the machine's authorities are read. `TLSContexts` keeps them.
    package func context() throws(TLSFault) -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.certificateVerification = .fullVerification
        configuration.applicationProtocols = protocols
        if let authorities {
            let certificates = try PEM.certificates(Array(authorities.utf8), of: "the file of authorities (tls.ca)")
            configuration.trustRoots = .certificates(certificates)
        }
        if let certificate, let key {
            let chain = try PEM.certificates(PEM.text(of: certificate), of: "the secret \(certificate.name)")
            configuration.certificateChain = chain.map { .certificate($0) }
            configuration.privateKey = .privateKey(
                try PEM.privateKey(PEM.text(of: key), of: "the secret \(key.name)"))
        }
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            guard let certificate, let key else { throw TLSFault("TLS cannot be set up: \(error)") }
            throw TLSFault("the secrets \(certificate.name) and \(key.name) do not belong together")
        }
    }
}
