#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A folder of its own for one test, removed when the last reference is let go.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("footing-test-" + UUID().uuidString)
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        path = folder.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of a file in the folder, there or not.
    package func file(_ name: String) -> String { path + "/" + name }

    /// Folders in the name are made.
    package func write(_ name: String, _ bytes: some Sequence<UInt8>) throws {
        let folder = URL(fileURLWithPath: file(name)).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
    }

    package func write(_ name: String, _ text: String) throws {
        try write(name, Array(text.utf8))
    }

    package func read(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(fileURLWithPath: file(name))))
    }

    package func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: file(name))
    }

    /// What a folder in it holds, sorted.
    package func names(_ name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: file(name)).sorted()
    }

    /// Permission bits of a file or of the folder itself (`""`).
    package func permissions(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: name.isEmpty ? path : file(name))
        return attributes[.posixPermissions] as? Int ?? -1
    }

    package func setPermissions(_ name: String, _ bits: Int) throws {
        try FileManager.default.setAttributes([.posixPermissions: bits], ofItemAtPath: file(name))
    }
}
