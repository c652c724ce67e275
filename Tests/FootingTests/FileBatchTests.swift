import Foundation
import Imports
import Testing

@testable import footing

@Suite("Files written together")
struct FileBatchTests {
    private let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "batch-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private func content(_ path: String) -> String? {
        try? String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
    }

    private func change(_ path: String, _ old: String?, _ new: String) -> FileChange {
        FileChange(path: path, old: old.map { Array($0.utf8) }, new: Array(new.utf8))
    }

    @Test("all are written, with the folders they need, and nothing is left beside them")
    func all() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileBatch(folder: folder).write([change("a.json", nil, "1"), change("b/c/d.json", nil, "2")])
        try FileBatch(folder: folder).write([change("a.json", "1", "3")])
        #expect(content("a.json") == "3")
        #expect(content("b/c/d.json") == "2")
        #expect(
            try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() == [
                "a.json", "b", "b/c", "b/c/d.json",
            ])
    }

    @Test("when one cannot be written, the others are as they were")
    func none() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileBatch(folder: folder).write([change("a.json", nil, "1")])
        // A folder stands where a file should go, so that only the move fails.
        try FileManager.default.createDirectory(atPath: folder + "/z.json/x", withIntermediateDirectories: true)
        #expect(throws: Failure.self) {
            try FileBatch(folder: folder).write([
                change("a.json", "1", "2"), change("new.json", nil, "3"), change("z.json", nil, "4"),
            ])
        }
        #expect(content("a.json") == "1")
        #expect(content("new.json") == nil)
        #expect(
            try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() == ["a.json", "z.json", "z.json/x"])
    }
}
