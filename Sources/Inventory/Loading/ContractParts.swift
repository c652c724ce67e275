/// Takes the files that a contract refers to into it, so that it can be compiled without reading files.
///
/// `{"$ref": "place.json"}` means the file beside the one it stands in, `"shapes.json#/$defs/place"` a part of one. The
/// contract becomes a compound document (JSON Schema 2020-12, section 9.3): each file under `$defs`, with an `$id` made
/// from its path, which relative references are resolved against. Files may refer to each other in circles.
struct ContractParts {
    let session: LoadSession

    private static let mostFiles = 2000
    private static let mostText = 16 << 20
    private static let scheme = "footing:/"

    /// The contract with its parts; the same content when it refers to no file, nil when a file is missing.
    func gather(_ content: JSONContent, name: String) -> JSONContent? {
        var parts: [(name: String, root: DataNode)] = []
        var known: Set<String> = [name]
        var waiting = [(name: name, content: content)]
        var size = 0
        var isWhole = true
        while let next = waiting.popLast() {
            for reference in references(in: next.content.root) {
                let path = reference.text.prefix { $0 != "#" }
                if path.isEmpty { continue }
                let target: String
                switch RelativePath(path, from: next.name) {
                case .inside(let name): target = name
                case .foreign: continue
                case .outside:
                    report("a reference leads out of the footing folder", at: reference.position, in: next.content)
                    isWhole = false
                    continue
                }
                guard known.insert(target).inserted else { continue }
                guard session.files.isFile("\(session.folder)/\(target)") else {
                    report(
                        "there is no file \(Field.quoted(session.shown(target)))", at: reference.position,
                        in: next.content)
                    isWhole = false
                    continue
                }
                guard let part = session.contractFile(target) else {
                    isWhole = false
                    continue
                }
                size += part.source.text.utf8.count
                guard parts.count < Self.mostFiles, size < Self.mostText else {
                    report(
                        "the contract refers to more than \(Self.mostFiles) files or \(Self.mostText >> 20) MB",
                        at: .start, in: content)
                    return nil
                }
                parts.append((target, part.root))
                waiting.append((target, part))
            }
        }
        guard isWhole else { return nil }
        guard !parts.isEmpty else { return content }
        return joined(content, name: name, parts: parts.sorted { $0.name < $1.name })
    }

    private func joined(_ content: JSONContent, name: String, parts: [(name: String, root: DataNode)]) -> JSONContent {
        let start = content.root.position
        let definitions = parts.map { part in
            DataEntry(key: part.name, position: part.root.position, node: named(part.root, part.name, adding: []))
        }
        let root = named(content.root, name, adding: definitions)
        return JSONContent(
            source: JSONSource(text: root.json, file: content.source.file, line: start.line), root: root)
    }

    /// The schema under its own identifier, with more definitions.
    private func named(_ root: DataNode, _ name: String, adding definitions: [DataEntry]) -> DataNode {
        let identifier = DataEntry(
            key: "$id", position: root.position,
            node: DataNode(value: .text(Self.scheme + name), position: root.position))
        var entries =
            root.entries?.filter { $0.key != "$id" } ?? [
                DataEntry(
                    key: "allOf", position: root.position, node: DataNode(value: .list([root]), position: root.position)
                )
            ]
        if !definitions.isEmpty {
            let own = entries.first { $0.key == "$defs" }?.node.entries ?? []
            entries.removeAll { $0.key == "$defs" }
            let all = own + definitions
            entries.append(
                DataEntry(
                    key: "$defs", position: root.position, node: DataNode(value: .map(all), position: root.position)))
        }
        return DataNode(value: .map([identifier] + entries), position: root.position)
    }

    private func references(in root: DataNode) -> [(text: String, position: Position)] {
        var found: [(text: String, position: Position)] = []
        var waiting = [root]
        while let node = waiting.popLast() {
            waiting += node.items ?? []
            for entry in node.entries ?? [] {
                if entry.key == "$ref", let text = entry.node.text {
                    found.append((text, entry.node.position))
                } else {
                    waiting.append(entry.node)
                }
            }
        }
        return found
    }

    private func report(_ message: String, at position: Position, in content: JSONContent) {
        session.collector.error(message, in: content.source.file, at: position)
    }
}
