/// Reads an error map.
struct ErrorRulesReader {
    func read(_ reader: MapReader) -> [ErrorRule] {
        guard let field = reader.value("errors") else { return [] }
        return field.items.enumerated().compactMap { index, item in
            item.reader(title: "error rule \(index + 1) of \(reader.title)").flatMap(rule)
        }
    }

    private func rule(_ map: MapReader) -> ErrorRule? {
        var status: Int?
        var vendorCode: String?
        var place: String?
        let expected = "which answers it speaks for, such as { status: 404 }"
        if let when = map.map("when", title: "\"when\" of \(map.title)", required: expected) {
            status = when.integer("status", in: 400...599)
            vendorCode = when.text("code")
            place = when.parse("field", expected: "a path in the error body such as \"$.error.code\"") { field in
                field.node.text.flatMap { $0.hasPrefix("$.") && $0.utf8.count > 2 ? $0 : nil }
            }
            when.finish()
            if !when.has("status"), !when.has("code") {
                when.error("\(when.title) says neither \"status\" nor \"code\"", expected: expected)
            }
            if when.has("field"), !when.has("code") {
                when.error("\"field\" has no effect without \"code\"", at: "field")
            }
        }
        let code = map.parse("code", expected: "a code such as place_not_found", required: true) { field in
            field.node.text.flatMap { Names.isCode($0) ? $0 : nil }
        }
        let text = map.text("text", required: true)
        var texts: [String: String] = [:]
        for entry in map.value("texts")?.named ?? [] {
            if let text = entry.field.node.text, Names.isLanguage(entry.name) {
                texts[entry.name] = text
            } else {
                entry.error(
                    "\(Field.quoted(entry.name)) is no text under a language tag",
                    expected: "a language tag and a text, such as de: \"...\"")
            }
        }
        let isCaller = map.flag("caller") ?? false
        map.finish()
        guard let code, let text else { return nil }
        return ErrorRule(
            status: status, code: vendorCode, field: place ?? ErrorRule.standardField, problemCode: code, text: text,
            texts: texts, isCaller: isCaller)
    }
}
