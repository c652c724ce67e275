import Contracts
import Store

/// What a workspace keeps under a file's name: which content it has, and what is known of it. One line of JSON.
struct FileEntry: Sendable, Equatable {
    private static let prefix = ".file-"
    /// Bytes that an entry may have.
    static let limit = 4096

    let artifact: Artifact
    /// Whose room it takes; empty: nobody's.
    let tenant: String

    /// The name of the file that holds the entry: one that no published file can have.
    static func fileName(_ name: String) -> String { prefix + name }

    /// The name of the published file; nil where `fileName` is no entry.
    static func name(of fileName: String) -> String? {
        guard fileName.hasPrefix(prefix) else { return nil }
        let name = String(fileName.dropFirst(prefix.count))
        return FileName.isSafe(name) ? name : nil
    }

    init(_ artifact: Artifact, tenant: String) {
        self.artifact = artifact
        self.tenant = tenant
    }

    /// nil for what is no entry of ours.
    init?(name: String, _ bytes: [UInt8]) {
        guard let object = try? JSONValue.parse(bytes).objectValue, let size = object["size"]?.intValue, size >= 0,
            let sha256 = object["sha256"]?.stringValue, BlobShelf.isHash(sha256),
            let type = object["type"]?.stringValue, MediaType.isPlain(type),
            let created = object["created"]?.intValue
        else { return nil }
        artifact = Artifact(
            name: name, size: size, type: type, sha256: sha256, created: Timestamp(milliseconds: Int64(created)))
        tenant = object["tenant"]?.stringValue ?? ""
    }

    var bytes: [UInt8] {
        let object: JSONValue = [
            "sha256": .string(artifact.sha256), "size": JSONValue(artifact.size), "type": .string(artifact.type),
            "created": JSONValue(Int(artifact.created.milliseconds)), "tenant": .string(tenant),
        ]
        return object.encoded() + [UInt8(ascii: "\n")]
    }
}
