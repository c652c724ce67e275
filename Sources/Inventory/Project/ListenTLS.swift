/// What the server shows callers, so that they may come over TLS.
public struct ListenTLS: Hashable, Sendable {
    /// The absolute path of the PEM file with the certificate and those that lead from it to an authority.
    public let certificate: String
    /// The absolute path of the PEM file with its private key.
    public let key: String

    public init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}
