package import Inventory
import NIOSSL

extension Endpoint {
    /// A server whose certificate is at hand: it is trusted if it shows that very certificate, whatever name that is made
    /// out to and whoever signed it. Read anew for each connection; a file that cannot be read trusts nobody.
    ///
    /// - Parameter file: the PEM file; the first certificate in it is the server's own.
    package convenience init(_ url: ServiceURL, showing file: String) {
        self.init(
            url,
            tls: { protocols in
                var configuration = TLSConfiguration.makeClientConfiguration()
                // The name is not compared; the proof below takes the place of all other verification.
                configuration.certificateVerification = .noHostnameVerification
                configuration.applicationProtocols = protocols
                return try NIOSSLContext(configuration: configuration)
            },
            proof: { chain in
                guard let shown = chain.first, let known = try? NIOSSLCertificate.fromPEMFile(file).first else {
                    return false
                }
                return shown == known
            })
    }
}
