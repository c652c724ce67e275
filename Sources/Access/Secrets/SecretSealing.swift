import Crypto
import Store

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Envelope encryption of secret values: AES-256-GCM with a fresh data key for every version, itself wrapped by the
/// master key.
///
/// Name and version are authenticated with both, so that rows cannot be swapped. Wrapping, fingerprints and the check of
/// the master key use keys of their own (HKDF-SHA256).
struct SecretSealing: Sendable {
    struct Sealed: Sendable {
        /// Nonce, ciphertext, tag.
        let wrappedKey: [UInt8]
        /// Nonce, ciphertext, tag.
        let value: [UInt8]
        let fingerprint: String
    }

    private let wrappingKey: SymmetricKey
    private let fingerprintKey: SymmetricKey
    private let checkKey: SymmetricKey

    init(_ master: MasterKey) {
        wrappingKey = Self.derive(master, "footing secret wrapping 1")
        fingerprintKey = Self.derive(master, "footing secret fingerprint 1")
        checkKey = Self.derive(master, "footing master key check 1")
    }

    /// Tells this master key from others without telling anything of it.
    var check: [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array("footing".utf8), using: checkKey))
    }

    func seal(_ value: String, name: String, version: Int) throws -> Sealed {
        let dataKey = SymmetricKey(size: .bits256)
        let context = Self.context(name, version)
        let sealed = try AES.GCM.seal(Array(value.utf8), using: dataKey, authenticating: context)
        let wrapped = try AES.GCM.seal(
            dataKey.withUnsafeBytes { Array($0) }, using: wrappingKey, authenticating: context)
        return Sealed(
            wrappedKey: Self.bytes(wrapped), value: Self.bytes(sealed), fingerprint: fingerprint(value))
    }

    /// Throws when key or value were changed, swapped or cut.
    func open(wrappedKey: [UInt8], value: [UInt8], name: String, version: Int) throws -> String {
        let context = Self.context(name, version)
        let dataKey = try AES.GCM.open(
            AES.GCM.SealedBox(combined: wrappedKey), using: wrappingKey, authenticating: context)
        let bytes = try AES.GCM.open(
            AES.GCM.SealedBox(combined: value), using: SymmetricKey(data: dataKey), authenticating: context)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func fingerprint(_ value: String) -> String {
        Hex.text(HMAC<SHA256>.authenticationCode(for: Array(value.utf8), using: fingerprintKey).prefix(8))
    }

    private static func derive(_ master: MasterKey, _ purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: master.key, info: Array(purpose.utf8), outputByteCount: 32)
    }

    /// No name holds a NUL, so different names and versions never give the same context.
    private static func context(_ name: String, _ version: Int) -> [UInt8] {
        Array("footing secret\u{0}\(name)\u{0}\(version)".utf8)
    }

    private static func bytes(_ box: AES.GCM.SealedBox) -> [UInt8] {
        Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    }
}
