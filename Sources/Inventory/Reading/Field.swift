/// A value at a known place of a file, for those who check it.
struct Field {
    let node: DataNode
    let file: String
    /// Keys and indices from the top: `/operations/search/method`.
    let path: String
    /// The same with `*` for names that authors choose: `provider/operations/*/method`.
    let place: String
    /// The value's name in messages: `"method"`.
    let label: String
    /// What the value is part of: `operation search`.
    let owner: String
    let collector: FindingCollector

    func error(_ message: String, expected: String? = nil, suggestion: String? = nil) {
        collector.error(
            message, in: file, at: node.position, path: path, expected: expected, suggestion: suggestion)
    }

    func warning(_ message: String) {
        collector.warning(message, in: file, at: node.position, path: path)
    }

    /// Reports that the value is not what it should be; shows it, shortened.
    func wrong(expected: String, suggestion: String? = nil) {
        error("\(label) is \(shown)", expected: expected, suggestion: suggestion)
    }

    /// Reports that the value is not what it should be without showing it.
    func wrongUnseen(expected: String) {
        if let text = node.text, Field.mayBeCredential(text) { collector.hide(text) }
        error("\(label) is \(node.kind) that cannot be used", expected: expected)
    }

    /// Whether text is unlike a word of the messages, so that hiding it spoils none of them.
    private static func mayBeCredential(_ text: String) -> Bool {
        text.utf8.count >= 8 && text.utf8.contains { $0.isASCIIDigit || $0.isASCIIUpper }
    }

    private var shown: String {
        switch node.value {
        case .text(let text): Field.quoted(text)
        case .number(_, let written): written
        case .bool(let flag): flag ? "true" : "false"
        default: node.kind
        }
    }

    /// Text in quotes on one line, cut at 60 characters.
    static func quoted(_ text: String) -> String {
        let line = String(text.map { $0.isNewline ? " " : $0 })
        return line.count > 60 ? "\"\(line.prefix(57))...\"" : "\"\(line)\""
    }

    /// The items of a list; reports any other value.
    var items: [Field] {
        guard let items = node.items else {
            wrong(expected: "a list")
            return []
        }
        return items.enumerated().map { index, item in
            Field(
                node: item, file: file, path: "\(path)/\(index)", place: "\(place)/*",
                label: "\(label), item \(index + 1),", owner: owner, collector: collector)
        }
    }

    /// The values of a mapping whose keys the author chooses; reports any other value.
    var named: [NamedField] {
        guard let entries = node.entries else {
            wrong(expected: "a mapping")
            return []
        }
        return entries.map { entry in
            let field = Field(
                node: entry.node, file: file, path: "\(path)/\(entry.key)", place: "\(place)/*",
                label: Field.quoted(entry.key), owner: owner, collector: collector)
            return NamedField(name: entry.key, position: entry.position, field: field)
        }
    }

    /// A reader of the mapping; reports any other value.
    ///
    /// - Parameter title: what the mapping is called in messages.
    func reader(title: String? = nil) -> MapReader? {
        guard let entries = node.entries else {
            wrong(expected: "a mapping")
            return nil
        }
        return MapReader(
            entries: entries, title: title ?? "\(label.filter { $0 != "\"" }) of \(owner)", at: self)
    }
}
