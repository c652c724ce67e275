/// Reads the keys of one mapping by name and type.
///
/// Each getter makes its key known; `finish` reports the keys of the file that no getter asked for, with the known key
/// that was probably meant, and the required keys that are missing. A getter reports a wrong value itself and gives
/// nil, so that a caller goes on and everything wrong is found in one pass. Used by one load on one thread.
final class MapReader {
    let title: String
    let field: Field
    private let entries: [DataEntry]
    private var known: [String] = []
    private var missing: [(key: String, expected: String)] = []

    init(entries: [DataEntry], title: String, at field: Field) {
        self.entries = entries
        self.title = title
        self.field = field
    }

    /// A reader of a whole document, or nil (and a finding) when its top is not a mapping.
    static func root(_ node: DataNode, file: String, kind: String, title: String, collector: FindingCollector)
        -> MapReader?
    {
        let field = Field(
            node: node, file: file, path: "", place: kind, label: "the file", owner: title, collector: collector)
        return field.reader(title: title)
    }

    func has(_ key: String) -> Bool {
        entries.contains { $0.key == key }
    }

    /// Whether a key that is not among these was probably meant to be one of them.
    func misspells(oneOf keys: [String]) -> Bool {
        entries.contains { !known.contains($0.key) && Spelling.suggestion(for: $0.key, among: keys) != nil }
    }

    /// Makes a key known whose value needs no check.
    func know(_ key: String) {
        known.append(key)
    }

    /// The value of a key, whatever its type; an empty one is reported.
    func value(_ key: String, required expected: String? = nil) -> Field? {
        known.append(key)
        guard let entry = entries.first(where: { $0.key == key }) else {
            if let expected { missing.append((key, expected)) }
            return nil
        }
        let child = Field(
            node: entry.node, file: field.file, path: "\(field.path)/\(key)", place: "\(field.place)/\(key)",
            label: "\"\(key)\"", owner: title, collector: field.collector)
        if case .null = entry.node.value {
            child.error("\"\(key)\" has no value", expected: expected)
            return nil
        }
        return child
    }

    /// The value of a key turned into what the caller needs; reports one that cannot be turned.
    func parse<Value>(
        _ key: String, expected: String, required: Bool = false, _ convert: (Field) -> Value?
    ) -> Value? {
        guard let child = value(key, required: required ? expected : nil) else { return nil }
        guard let result = convert(child) else {
            child.wrong(expected: expected)
            return nil
        }
        return result
    }

    /// Reports a fault at a key, or at the mapping itself when the key is not there.
    func error(_ message: String, at key: String? = nil, expected: String? = nil, suggestion: String? = nil) {
        let entry = entries.first { $0.key == key }
        field.collector.error(
            message, in: field.file, at: entry?.position ?? field.node.position,
            path: entry.map { "\(field.path)/\($0.key)" } ?? field.path, expected: expected, suggestion: suggestion)
    }

    func warning(_ message: String, at key: String? = nil) {
        let entry = entries.first { $0.key == key }
        field.collector.warning(
            message, in: field.file, at: entry?.position ?? field.node.position,
            path: entry.map { "\(field.path)/\($0.key)" } ?? field.path)
    }

    /// Reports what is left: unknown keys, and required ones that are missing and were not merely misspelt.
    func finish() {
        field.collector.learn(known, at: field.place)
        var misspelt: Set<String> = []
        let free = known.filter { !has($0) }
        for entry in entries where !known.contains(entry.key) {
            let suggestion =
                Spelling.suggestion(for: entry.key, among: free) ?? Spelling.suggestion(for: entry.key, among: known)
            if let suggestion { misspelt.insert(suggestion) }
            field.collector.error(
                "unknown key \(Field.quoted(entry.key)) in \(title)", in: field.file, at: entry.position,
                path: "\(field.path)/\(entry.key)",
                expected: suggestion == nil ? "one of \(known.sorted().joined(separator: ", "))" : nil,
                suggestion: suggestion)
        }
        for (key, expected) in missing where !misspelt.contains(key) {
            error("\(title) lacks \"\(key)\"", expected: expected)
        }
    }
}
