import Foundation
import Testing

@testable import Inventory

@Suite("The editors' schemas and the reader know the same keys")
struct SchemaTests {
    @Test("every place of the files has the same keys in both")
    func sameKeys() throws {
        let temporary = try TemporaryProject(Sample.files)
        let session = LoadSession(folder: temporary.folder + "/footing")
        _ = Project.read(session, [:])
        #expect(session.collector.sorted().isEmpty)

        var read = session.collector.knownKeys
        read["provider/operations/*/example"] = read["arguments"]
        read["provider/operations/*/examples/*"] = read["arguments"]
        read["recipe/steps/*/with"] = read.removeValue(forKey: "arguments")
        var described: [String: Set<String>] = [:]
        for name in ["footing", "provider", "recipe"] {
            let root = try schema(name)
            collect(root, root, at: name, &described)
        }
        #expect(Set(described.keys) == Set(read.keys))
        for (place, keys) in read { #expect(described[place] == keys, "at \(place)") }
    }

    @Test("every key is described", arguments: ["footing", "provider", "recipe"])
    func descriptions(name: String) throws {
        let root = try schema(name)
        func visit(_ node: DataNode, _ path: String) {
            for entry in node["properties"]?.entries ?? [] {
                let text = entry.node["description"]?.text ?? ""
                #expect(text.count > 10 && text.hasSuffix("."), "\(path)/\(entry.key) has no hover text")
            }
            for entry in node.entries ?? [] { visit(entry.node, "\(path)/\(entry.key)") }
            for item in node.items ?? [] { visit(item, path) }
        }
        visit(root, name)
    }

    private func schema(_ name: String) throws -> DataNode {
        let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let file = here.appendingPathComponent("../../schemas/\(name).schema.json").standardized
        return try JSONDocument.read(String(contentsOf: file, encoding: .utf8))
    }

    /// Gathers the properties of each place that allows no others.
    private func collect(_ node: DataNode, _ root: DataNode, at place: String, _ found: inout [String: Set<String>]) {
        if let reference = node["$ref"]?.text, let name = reference.split(separator: "/").last,
            let target = root["definitions"]?[String(name)]
        {
            return collect(target, root, at: place, &found)
        }
        for choice in (node["anyOf"]?.items ?? []) + (node["oneOf"]?.items ?? []) {
            collect(choice, root, at: place, &found)
        }
        for entry in node["properties"]?.entries ?? [] {
            found[place, default: []].insert(entry.key)
            collect(entry.node, root, at: "\(place)/\(entry.key)", &found)
        }
        for key in ["additionalProperties", "items"] {
            if let inner = node[key], inner.entries != nil { collect(inner, root, at: "\(place)/*", &found) }
        }
    }
}
