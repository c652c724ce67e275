package import Inventory
package import NIOSSL

/// TLS for callers: what the server shows, and what it speaks.
package enum ListenerTLS {
    /// A context from the files; a reload makes a new one, so that a renewed certificate is shown to new connections.
    package static func context(_ files: ListenTLS) throws(TLSFault) -> NIOSSLContext {
        let chain: [NIOSSLCertificate]
        let key: NIOSSLPrivateKey
        do {
            chain = try NIOSSLCertificate.fromPEMFile(files.certificate)
        } catch {
            throw TLSFault("\(files.certificate) cannot be read as certificates in PEM")
        }
        guard !chain.isEmpty else { throw TLSFault("\(files.certificate) holds no certificate in PEM") }
        do {
            key = try NIOSSLPrivateKey(file: files.key, format: .pem)
        } catch {
            throw TLSFault("\(files.key) cannot be read as a private key in PEM")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["h2", "http/1.1"]
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw TLSFault("\(files.certificate) and \(files.key) do not belong together")
        }
    }
}
