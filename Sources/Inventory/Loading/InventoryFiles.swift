#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads files and folders; the only place of this module that touches the disk.
struct InventoryFiles {
    /// The largest file that is read, in bytes.
    static let maximumSize = 4 << 20

    /// What reading a file came to.
    enum Outcome {
        case text(String)
        case missing
        case notAFile
        case tooLarge
        case notUTF8
        case unreadable
    }

    func read(_ path: String) -> Outcome {
        let manager = FileManager.default
        var isFolder = false
        guard exists(path, isFolder: &isFolder) else { return .missing }
        var real = path
        for _ in 0..<8 {
            guard let target = try? manager.destinationOfSymbolicLink(atPath: real) else { break }
            real = Self.absolute(target, from: Self.parent(real))
        }
        guard !isFolder, let attributes = try? manager.attributesOfItem(atPath: real) else { return .notAFile }
        guard attributes[.type] as? FileAttributeType == .typeRegular else { return .notAFile }
        if let size = attributes[.size] as? Int, size > Self.maximumSize { return .tooLarge }
        guard let data = manager.contents(atPath: real) else { return .unreadable }
        guard data.count <= Self.maximumSize else { return .tooLarge }
        guard let text = String(validating: data, as: UTF8.self) else { return .notUTF8 }
        return .text(text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text)
    }

    /// The names of the YAML files in a folder, sorted; empty when there is no such folder.
    func documents(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && !$0.hasPrefix(".") }.sorted()
    }

    func isFile(_ path: String) -> Bool {
        var isFolder = false
        return exists(path, isFolder: &isFolder) && !isFolder
    }

    func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return exists(path, isFolder: &isFolder) && isFolder
    }

    private func exists(_ path: String, isFolder: inout Bool) -> Bool {
        #if canImport(FoundationEssentials)
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        #else
            var flag: ObjCBool = false
            defer { isFolder = flag.boolValue }
            return FileManager.default.fileExists(atPath: path, isDirectory: &flag)
        #endif
    }

    static var currentFolder: String { FileManager.default.currentDirectoryPath }

    /// The path without `.` and `..`, taken from a folder when it is relative.
    static func absolute(_ path: String, from folder: String) -> String {
        var parts: [Substring] = []
        for part in (path.hasPrefix("/") ? path : folder + "/" + path).split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    static func parent(_ path: String) -> String {
        absolute("..", from: path)
    }

    static func lastPart(_ path: String) -> String {
        path.split(separator: "/").last.map { String($0) } ?? ""
    }
}
