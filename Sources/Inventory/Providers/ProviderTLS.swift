/// How a provider's certificate is checked, and which one Footing shows.
public struct ProviderTLS: Hashable, Sendable {
    /// A certificate that Footing shows, known by its secrets' names.
    public struct ClientCertificate: Hashable, Sendable {
        /// The secret that holds the certificate, and those that lead from it to an authority: PEM, or the base64 of it.
        public let certificate: SecretName
        /// The secret that holds its private key: PEM, or the base64 of it.
        public let key: SecretName

        public init(certificate: SecretName, key: SecretName) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// The authorities that are trusted in place of the machine's own, in PEM; nil trusts those of the machine.
    public let authorities: String?
    public let client: ClientCertificate?
    /// The name that is asked for and that the certificate must carry, where it is not the address's host.
    public let serverName: String?

    public init(authorities: String? = nil, client: ClientCertificate? = nil, serverName: String? = nil) {
        self.authorities = authorities
        self.client = client
        self.serverName = serverName
    }
}
