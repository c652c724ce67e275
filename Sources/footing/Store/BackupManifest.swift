import Contracts
import Inventory
import Store

/// What a backup says of itself: what it holds, of when, and how to know that it is whole.
struct BackupManifest: Sendable, Equatable {
    static let fileName = "manifest.json"
    /// Of this layout.
    static let version = 1
    private static let limit = 64 << 20

    struct Entry: Sendable, Equatable {
        /// From the backup's folder on.
        let path: String
        let size: Int
        let sha256: String
    }

    let made: Timestamp
    /// The version of the program that made it.
    let program: String
    let project: String
    /// Whether a server ran meanwhile.
    let isLive: Bool
    /// How many migrations each database has.
    let formats: [(file: String, format: Int)]
    let entries: [Entry]

    var size: Int { entries.reduce(0) { $0 + $1.size } }
    var hasMasterKey: Bool { entries.contains { $0.path == StateFiles.masterKey } }
    var hasSecrets: Bool { entries.contains { $0.path == StateFiles.secrets } }

    static func == (left: BackupManifest, right: BackupManifest) -> Bool { left.json == right.json }

    var json: JSONValue {
        let formats = JSONObject(formats.map { ($0.file, JSONValue($0.format)) })
        return [
            "footing_backup": JSONValue(Self.version), "made": .string(made.description),
            "made_ms": JSONValue(Int(made.milliseconds)), "footing": .string(program),
            "project": .string(project), "server_was_running": .bool(isLive), "master_key": .bool(hasMasterKey),
            "formats": .object(formats),
            "files": .array(
                entries.map {
                    ["path": .string($0.path), "size": JSONValue($0.size), "sha256": .string($0.sha256)]
                }),
        ]
    }

    /// Throws `Failure` for a folder that is no whole backup. Nothing in the manifest is trusted: paths stay in the folder.
    static func read(_ folder: String) throws -> BackupManifest {
        let path = "\(folder)/\(fileName)"
        guard Files.exists(path) else {
            throw Failure(
                .notFound, "There is no backup in \(folder)",
                evidence: ["It has no \(fileName), which is written last: an unfinished backup has none."])
        }
        let wrong = { (what: String) in Failure(.failed, "\(path) is damaged", evidence: [what]) }
        guard let value = try? JSONValue.parse(try Files.read(path, limit: limit)) else {
            throw wrong("It is not JSON.")
        }
        guard let version = value["footing_backup"]?.intValue else { throw wrong("It is no manifest of a backup.") }
        guard version <= Self.version else {
            throw Failure(
                .failed, "This backup was made by a newer Footing",
                evidence: ["Its layout is \(version), this program knows \(Self.version)."], advice: "update Footing")
        }
        guard let made = value["made_ms"]?.intValue.map({ Timestamp(milliseconds: Int64($0)) }) else {
            throw wrong("It does not say when it was made.")
        }
        var entries: [Entry] = []
        var seen: Set<String> = []
        for item in value["files"]?.arrayValue ?? [] {
            guard let path = item["path"]?.stringValue, isInside(path), seen.insert(path).inserted,
                let size = item["size"]?.intValue, size >= 0, let sha256 = item["sha256"]?.stringValue
            else { throw wrong("A file in it has no usable path, size or hash.") }
            entries.append(Entry(path: path, size: size, sha256: sha256))
        }
        guard seen.contains(StateFiles.state) || seen.contains(StateFiles.secrets) else {
            throw wrong("It names neither \(StateFiles.state) nor \(StateFiles.secrets).")
        }
        let formats = (value["formats"]?.objectValue?.entries ?? []).compactMap { entry in
            entry.value.intValue.map { (file: entry.key, format: $0) }
        }
        return BackupManifest(
            made: made, program: value["footing"]?.stringValue ?? "", project: value["project"]?.stringValue ?? "",
            isLive: value["server_was_running"]?.boolValue ?? false, formats: formats, entries: entries)
    }

    /// A path of what belongs to a state, that leads nowhere else.
    private static func isInside(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 8, path.utf8.count <= 1024,
            parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." && !$0.utf8.contains(0) })
        else { return false }
        if parts.count > 1 { return parts[0] == StateFiles.workspaces }
        return ([StateFiles.state, StateFiles.secrets, StateFiles.masterKey] + StateFiles.others).contains(path)
    }
}
