#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The public test suites, kept beside the package and not in it.
package enum Suites {
    /// `shared/suites` in the folder that holds the package, or in one above it; `FOOTING_SUITES` names another one.
    package static let root: String? = {
        if let named = ProcessInfo.processInfo.environment["FOOTING_SUITES"] { return named }
        var parts = #filePath.split(separator: "/")
        while !parts.isEmpty {
            parts.removeLast()
            let path = "/" + parts.joined(separator: "/") + "/shared/suites"
            if FileManager.default.fileExists(atPath: path) { return path }
        }
        return nil
    }()

    /// The folder's path, or nil with a line that says so.
    package static func folder(_ name: String) -> String? {
        guard let path = root.map({ $0 + "/" + name }), FileManager.default.fileExists(atPath: path) else {
            print("skipped: the suite \(name) is not in ../shared/suites beside the package")
            return nil
        }
        return path
    }

    /// The names of all files below the folder, sorted.
    package static func files(in folder: String) -> [String] {
        guard let all = try? FileManager.default.subpathsOfDirectory(atPath: folder) else { return [] }
        return all.filter { $0.hasSuffix(".json") }.sorted()
    }

    package static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: path)))
    }
}
