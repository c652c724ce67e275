import Foundation
import Inventory

/// A project folder for one test, taken away when the test is over.
final class TemporaryProject {
    let folder: String

    /// Writes files below `footing/`, or beside it where their names begin with `../`; `footing.yaml` may be left out, for one that only has a name.
    init(_ files: [String: String], plain: Bool = false) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("inventory-\(UUID().uuidString)").path
        var files = files
        if files["footing.yaml"] == nil, !plain { files["footing.yaml"] = "project: test\n" }
        try FileManager.default.createDirectory(atPath: folder + "/app", withIntermediateDirectories: true)
        for (name, text) in files {
            let path = ("\(folder)/footing/\(name)" as NSString).standardizingPath
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    func load(_ environment: [String: String] = [:]) -> LoadResult {
        Project.load(folder: folder, environment: environment)
    }
}

/// Loads files below `footing/` and gives the findings as lines.
func findings(_ files: [String: String], environment: [String: String] = [:]) throws -> [String] {
    let project = try TemporaryProject(files)
    return withExtendedLifetime(project) { project.load(environment).findings.map(\.description) }
}

/// A provider file with one good operation and further lines at its top.
func provider(_ lines: String = "", operations: String = "  search:\n    method: GET\n    path: /v1/search\n") -> String
{
    "provider: rents\nenvironments:\n  sandbox: { url: \"http://127.0.0.1:1\" }\n\(lines)\noperations:\n\(operations)"
}
