/// Reads keys that hold JSON, written in place as YAML or as the name of a file.
struct JSONContentReader {
    let session: LoadSession

    /// A JSON Schema: a mapping, `true` or `false`, or the name of a file with one.
    func schema(_ key: String, in map: MapReader) -> JSONContent? {
        let expected = "a JSON Schema or the name of its file, such as \"contracts/\(key).json\""
        guard let field = map.value(key), let content = content(field, expected: expected) else { return nil }
        switch content.root.value {
        case .map, .bool: return content
        default:
            field.error("\(field.label) is \(content.root.kind), which is no JSON Schema", expected: expected)
            return nil
        }
    }

    /// A mapping, or the name of a file with one; with `orExpression`, also text that is one `${...}`.
    func object(_ key: String, in map: MapReader, orExpression: Bool = false) -> JSONContent? {
        guard let field = map.value(key) else { return nil }
        if orExpression, let text = field.node.text, text.hasPrefix("${") {
            return JSONContent(source: inline(field), root: field.node)
        }
        return object(field)
    }

    /// The same for a value that is at hand.
    func object(_ field: Field) -> JSONContent? {
        let expected = "a mapping or the name of a file that holds one"
        guard let content = content(field, expected: expected) else { return nil }
        guard content.root.entries != nil else {
            field.error("\(field.label) is \(content.root.kind)", expected: expected)
            return nil
        }
        return content
    }

    /// Reports keys of call arguments that are none of `path`, `query`, `headers`, `body`.
    func checkArguments(_ content: JSONContent, title: String) {
        guard case .map = content.root.value else { return }
        let map = MapReader.root(
            content.root, file: content.source.file, kind: "arguments", title: title, collector: session.collector)
        guard let map else { return }
        for key in ["path", "query", "headers"] {
            guard let field = map.value(key), field.node.text?.hasPrefix("${") != true else { continue }
            if field.node.entries == nil { field.wrong(expected: "a mapping") }
        }
        map.know("body")
        map.finish()
    }

    private func content(_ field: Field, expected: String) -> JSONContent? {
        guard let name = field.node.text else { return JSONContent(source: inline(field), root: field.node) }
        guard name.hasSuffix(".json") || name.hasSuffix(".yaml") || name.hasSuffix(".yml") else {
            field.wrong(expected: expected)
            return nil
        }
        guard checkInside(name, field) else { return nil }
        guard session.files.isFile("\(session.folder)/\(name)") else {
            field.error("there is no file \(Field.quoted(session.shown(name)))")
            return nil
        }
        return session.contract(name)
    }

    /// Whether a file name stays below the `footing/` folder; reports one that does not.
    func checkInside(_ name: String, _ field: Field) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }), !name.contains("\0") else {
            field.wrong(expected: "a path below the footing folder, without \"..\"")
            return false
        }
        return true
    }

    private func inline(_ field: Field) -> JSONSource {
        JSONSource(text: field.node.json, file: field.file, line: field.node.position.line)
    }
}
