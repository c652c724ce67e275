import Foundation

/// The folder with the vendors' data files.
struct DataFolder: Sendable {
    let url: URL

    /// The folder of `--data`, else the one beside the sources, else the one under the current folder.
    init(path: String?) {
        if let path {
            url = URL(fileURLWithPath: path, isDirectory: true)
            return
        }
        let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("data", isDirectory: true)
        let here = URL(fileURLWithPath: "examples/rent-vs-commute/vendors/data", isDirectory: true)
        url = FileManager.default.fileExists(atPath: beside.path) ? beside : here
    }

    func read<Value: Decodable>(_ type: Value.Type, from name: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(contentsOf: url.appendingPathComponent(name)))
    }
}
