#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where the conformance suites of others (JSON, JSON Schema, …) lie: `FOOTING_SUITES`, or `shared/suites` in one of
/// the folders above this file.
package enum ConformanceSuites {
    /// nil when they are not there, so that a test can leave itself out.
    package static let folder: String? = {
        if let folder = getenv("FOOTING_SUITES") { return String(cString: folder) }
        var above = #filePath.split(separator: "/").dropLast()
        while !above.isEmpty {
            above.removeLast()
            let folder = "/" + (above + ["shared", "suites"]).joined(separator: "/")
            if access(folder, R_OK) == 0 { return folder }
        }
        return nil
    }()

    /// The folder of one suite; nil when it is not there.
    package static func folder(_ suite: String) -> String? {
        guard let path = folder.map({ $0 + "/" + suite }), access(path, R_OK) == 0 else { return nil }
        return path
    }
}
