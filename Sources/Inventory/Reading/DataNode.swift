/// A value of a YAML or JSON document with the place it was written at.
///
/// Aliases and merge keys are resolved, mapping keys are unique strings in the order of the file, numbers keep their
/// text. Nothing of the YAML library shows.
package struct DataNode: Sendable {
    package enum Value: Sendable {
        case null
        case bool(Bool)
        /// `json` is a JSON number; `written` is the text of the file.
        case number(json: String, written: String)
        case text(String)
        case list([DataNode])
        case map([DataEntry])
    }

    package let value: Value
    package let position: Position
}

extension DataNode {
    /// What the value is, for messages.
    var kind: String {
        switch value {
        case .null: "nothing"
        case .bool: "true or false"
        case .number: "a number"
        case .text: "text"
        case .list: "a list"
        case .map: "a mapping"
        }
    }

    package subscript(key: String) -> DataNode? {
        guard case .map(let entries) = value else { return nil }
        return entries.first { $0.key == key }?.node
    }

    package var entries: [DataEntry]? {
        guard case .map(let entries) = value else { return nil }
        return entries
    }

    package var items: [DataNode]? {
        guard case .list(let items) = value else { return nil }
        return items
    }

    package var text: String? {
        guard case .text(let text) = value else { return nil }
        return text
    }

    /// Calls `visit` with every text in the value, keys excluded.
    func eachText(path: String = "", _ visit: (_ text: String, _ node: DataNode, _ path: String) -> Void) {
        switch value {
        case .text(let text): visit(text, self, path)
        case .list(let items):
            for (index, item) in items.enumerated() { item.eachText(path: "\(path)/\(index)", visit) }
        case .map(let entries):
            for entry in entries { entry.node.eachText(path: "\(path)/\(entry.key)", visit) }
        case .null, .bool, .number: break
        }
    }
}
