package import Crypto
import Inventory

/// The key that wraps the keys of all secrets: from `FOOTING_MASTER_KEY`, else from `master.key` in the state folder.
package struct MasterKey: Sendable, CustomStringConvertible, CustomReflectable {
    package static let variable = "FOOTING_MASTER_KEY"
    private static let size = 32

    /// Where it came from, for errors: the variable's name or the file's path.
    package let origin: String
    let key: SymmetricKey

    package init(key: SymmetricKey, origin: String) {
        self.key = key
        self.origin = origin
    }

    package var description: String { "[master key of \(origin)]" }
    package var customMirror: Mirror { Mirror(self, children: ["origin": origin]) }

    /// Reads the key, or makes one on first use.
    ///
    /// `folder` is the state folder, made with mode 0700 if there is none; `environment` is the variable's value.
    /// No key is made while `secrets.db` exists: it could not open it.
    package static func load(folder: String, environment: String?) throws(AccessError) -> MasterKey {
        if let environment {
            guard let key = key(environment) else {
                throw AccessError(
                    .masterKeyInvalid,
                    "\(variable) must be 32 bytes in base64, as  openssl rand -base64 32  makes them.")
            }
            return MasterKey(key: key, origin: variable)
        }
        try PrivateFile.makeFolder(folder)
        let file = PrivateFile(path: folder + "/master.key")
        if let bytes = try file.read() { return try parsed(bytes, file) }
        if PrivateFile(path: folder + "/" + EmbeddedSecretStore.fileName).exists {
            throw AccessError(
                .masterKeyMissing,
                "\(file.path) is missing, and without it the secrets in \(folder)/\(EmbeddedSecretStore.fileName) "
                    + "cannot be read: put the file back or set \(variable). If the key is lost, move "
                    + "\(EmbeddedSecretStore.fileName) away and set the secrets again.")
        }
        let fresh = RandomBytes.make(size)
        if try file.create(Base64.encode(fresh) + [UInt8(ascii: "\n")]) {
            return MasterKey(key: SymmetricKey(data: fresh), origin: file.path)
        }
        // Another process was quicker.
        return try parsed(try file.read() ?? [], file)
    }

    private static func parsed(_ bytes: [UInt8], _ file: PrivateFile) throws(AccessError) -> MasterKey {
        guard let key = key(String(decoding: bytes, as: UTF8.self)) else {
            throw AccessError(
                .masterKeyInvalid, "\(file.path) is damaged: it must hold 32 bytes in base64. Put back a copy.")
        }
        return MasterKey(key: key, origin: file.path)
    }

    private static func key(_ text: String) -> SymmetricKey? {
        let trimmed = text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
        guard let bytes = Base64.decode(String(trimmed)), bytes.count == size else { return nil }
        return SymmetricKey(data: bytes)
    }
}
