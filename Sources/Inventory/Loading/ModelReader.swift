/// Reads how an operation's answer becomes a model; whether paths and programs make sense is found out when they are compiled.
struct ModelReader {
    let session: LoadSession

    private static let conversions = [
        "string", "number", "integer", "boolean", "date", "time", "time-from-seconds", "time-from-milliseconds",
    ]

    /// The mapping, or nil when there is none.
    func read(_ operation: MapReader) -> JSONSource? {
        let content = JSONContentReader(session: session)
        guard let model = content.object("model", in: operation), let field = operation.value("model") else {
            return nil
        }
        let entries = model.root.entries ?? []
        if entries.contains(where: { $0.key == "jq" }), entries.count > 1 {
            field.error("a model is either \"jq\" alone or a mapping of fields to paths")
        }
        let isInPlace = model.source.file == field.file
        for entry in entries where entry.key != "jq" {
            let path = isInPlace ? "\(field.path)/\(entry.key)" : "/\(entry.key)"
            check(
                Field(
                    node: entry.node, file: model.source.file, path: path, place: "\(field.place)/*",
                    label: "field \(Field.quoted(entry.key)) of the model", owner: operation.title,
                    collector: session.collector))
        }
        return model.source
    }

    /// A path, or a mapping that says more.
    private func check(_ field: Field) {
        let expected = "a path in the answer such as \"$.median_rent\""
        if let text = field.node.text {
            if !text.hasPrefix("$") { field.wrong(expected: expected) }
            return
        }
        guard let entries = field.node.entries else {
            field.wrong(expected: "\(expected), or a mapping with pick, jq, default, convert")
            return
        }
        let map = MapReader(entries: entries, title: field.label, at: field)
        let pick = map.parse("pick", expected: expected) { field -> String? in
            field.node.text.flatMap { $0.hasPrefix("$") ? $0 : nil }
        }
        if pick != nil, map.has("jq") { map.error("\"pick\" and \"jq\" exclude each other", at: "jq") }
        _ = map.text("jq")
        map.know("default")
        if let convert = map.value("convert") { check(conversion: convert) }
        map.finish()
        if !map.has("pick"), !map.has("jq"), !map.has("default"), !map.misspells(oneOf: ["pick", "jq", "default"]) {
            map.error("\(map.title) comes from nowhere", expected: "pick, jq or default")
        }
    }

    private func check(conversion field: Field) {
        guard field.node.entries != nil else {
            guard let text = field.node.text, Self.conversions.contains(text) else {
                let near = field.node.text.flatMap { Spelling.suggestion(for: $0, among: Self.conversions) }
                field.wrong(
                    expected: "one of \(Self.conversions.joined(separator: ", ")), or { money: CURRENCY }",
                    suggestion: near)
                return
            }
            return
        }
        guard let map = field.reader() else { return }
        _ = map.parse("money", expected: "a currency such as EUR, or its path such as $.currency", required: true) {
            field -> String? in
            field.node.text.flatMap { $0.hasPrefix("$") || $0.utf8.count == 3 ? $0 : nil }
        }
        _ = map.parse("unit", expected: "minor or major") { field -> String? in
            field.node.text.flatMap { ["minor", "major"].contains($0) ? $0 : nil }
        }
        map.finish()
    }
}
