import Yams

/// Turns the tree of the YAML library into `DataNode`s: scalars by the core schema, merge keys folded in, keys unique,
/// size and depth bounded (an alias counts as often as it is used).
struct YAMLTreeBuilder {
    private let file: String
    private let collector: FindingCollector
    private let limits: YAMLLimits
    private var left: Int
    private var isTooLarge = false

    init(file: String, collector: FindingCollector, limits: YAMLLimits) {
        self.file = file
        self.collector = collector
        self.limits = limits
        left = limits.nodes
    }

    /// The tree, or nil when it is too large or too deep.
    mutating func build(_ root: Node) -> DataNode? {
        let node = build(root, depth: 0)
        return isTooLarge ? nil : node
    }

    private mutating func build(_ node: Node, depth: Int) -> DataNode {
        let position = Self.position(of: node)
        left -= 1
        guard left > 0, depth < limits.depth else {
            refuse(depth: depth, at: position)
            return DataNode(value: .null, position: position)
        }
        switch node {
        case .scalar(let scalar):
            return DataNode(value: value(of: scalar, at: position), position: position)
        case .sequence(let sequence):
            check(tag: sequence.tag.rawValue, allowed: "tag:yaml.org,2002:seq", at: position)
            var items: [DataNode] = []
            for item in sequence where !isTooLarge { items.append(build(item, depth: depth + 1)) }
            return DataNode(value: .list(items), position: position)
        case .mapping(let mapping):
            check(tag: mapping.tag.rawValue, allowed: "tag:yaml.org,2002:map", at: position)
            return DataNode(value: .map(entries(of: mapping, depth: depth)), position: position)
        case .alias:
            return DataNode(value: .null, position: position)
        }
    }

    private mutating func entries(of mapping: Node.Mapping, depth: Int) -> [DataEntry] {
        var entries: [DataEntry] = []
        var lines: [String: Int] = [:]
        var merged: [DataNode] = []
        for (keyNode, valueNode) in mapping where !isTooLarge {
            let position = Self.position(of: keyNode)
            guard case .scalar(let scalar) = keyNode else {
                collector.error("a mapping key is not text", in: file, at: position)
                continue
            }
            let key = RepeatedKey.strip(scalar.string)
            if let line = lines[key] {
                collector.error("key \"\(key)\" is written twice; first on line \(line)", in: file, at: position)
                continue
            }
            lines[key] = position.line
            let value = build(valueNode, depth: depth + 1)
            if key == "<<", scalar.style == .plain {
                merged += mergeSources(value)
            } else {
                entries.append(DataEntry(key: key, position: position, node: value))
            }
        }
        // The mapping's own keys win over merged ones, and an earlier source over a later (YAML merge key type).
        var known = Set(entries.map(\.key))
        for source in merged {
            for entry in source.entries ?? [] where known.insert(entry.key).inserted { entries.append(entry) }
        }
        return entries
    }

    private func mergeSources(_ value: DataNode) -> [DataNode] {
        let sources = value.items ?? [value]
        for source in sources where source.entries == nil {
            collector.error("\"<<\" merges \(source.kind)", in: file, at: source.position, expected: "a mapping")
        }
        return sources
    }

    private func value(of scalar: Node.Scalar, at position: Position) -> DataNode.Value {
        let text = scalar.string
        switch scalar.tag.rawValue {
        case "tag:yaml.org,2002:str", "!":
            return .text(text)
        case "":
            guard scalar.style == .plain else { return .text(text) }
            guard let value = CoreSchema.resolve(text) else {
                collector.error("JSON has no number \(text)", in: file, at: position, expected: "a finite number")
                return .null
            }
            return value
        case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null":
            guard let value = CoreSchema.resolve(text) else { return .null }
            return value
        default:
            collector.error("a YAML tag that is not known here", in: file, at: position, expected: "no tag")
            return .text(text)
        }
    }

    private func check(tag: String, allowed: String, at position: Position) {
        guard tag != "", tag != "!", tag != allowed else { return }
        collector.error("a YAML tag that is not known here", in: file, at: position, expected: "no tag")
    }

    private mutating func refuse(depth: Int, at position: Position) {
        guard !isTooLarge else { return }
        isTooLarge = true
        if depth >= limits.depth {
            collector.error("more than \(limits.depth) levels inside each other", in: file, at: position)
        } else {
            collector.error(
                "more than \(limits.nodes) values when aliases are written out", in: file, at: position)
        }
    }

    private static func position(of node: Node) -> Position {
        guard let mark = node.mark else { return .start }
        return Position(line: mark.line, column: mark.column)
    }
}
