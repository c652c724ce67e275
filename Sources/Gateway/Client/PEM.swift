import Access
import Inventory
import NIOSSL

/// Reads certificates and keys, and says in words what is wrong with them.
enum PEM {
    /// The text of a secret that holds PEM as it is, or, since a secret's value is one line, the base64 of it.
    static func text(of secret: Secret) -> [UInt8] {
        secret.withValue { value in
            value.contains("-----BEGIN ") ? Array(value.utf8) : Base64.decode(value) ?? Array(value.utf8)
        }
    }

    /// - Parameter origin: what holds them, as a message calls it.
    static func certificates(_ text: [UInt8], of origin: String) throws(TLSFault) -> [NIOSSLCertificate] {
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(text), !certificates.isEmpty else {
            throw TLSFault("\(origin) holds no certificate in PEM")
        }
        return certificates
    }

    static func privateKey(_ text: [UInt8], of origin: String) throws(TLSFault) -> NIOSSLPrivateKey {
        guard let key = try? NIOSSLPrivateKey(bytes: text, format: .pem) else {
            throw TLSFault("\(origin) holds no private key in PEM, or an encrypted one")
        }
        return key
    }
}
