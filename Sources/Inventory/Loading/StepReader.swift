/// Reads one step of a recipe.
struct StepReader {
    let session: LoadSession

    private static let kinds = ["call", "transform", "table", "render", "wait"]
    private let expressions = ExpressionReader()

    init(session: LoadSession) {
        self.session = session
    }

    /// The step, or nil when it has no name or does nothing that is known.
    func read(_ field: Field, earlier: [RecipeStep]) -> RecipeStep? {
        guard let entries = field.node.entries else {
            field.wrong(expected: "a mapping with a name and one of \(Self.kinds.joined(separator: ", "))")
            return nil
        }
        let writtenName = entries.first { $0.key == "name" }?.node.text
        let reader = MapReader(
            entries: entries, title: "step \(writtenName ?? String(earlier.count + 1))", at: field)
        let name = reader.name("name", required: true)
        let title = expressions.text("title", in: reader)
        let forEach = expressions.expression("for_each", in: reader)
        let label = expressions.text("label", in: reader)
        let concurrency = reader.integer("concurrency", in: 1...1000)
        let when = expressions.expression("when", in: reader)
        let kind = kind(reader)
        reader.finish()
        warnAboutItems(reader)
        StepReferences(stepNames: earlier.map(\.name)).check(field)
        guard let kind else { return nil }
        return RecipeStep(
            name: name ?? writtenName ?? "step-\(earlier.count + 1)", title: title, kind: kind, forEach: forEach,
            label: label, concurrency: concurrency ?? 1, when: when, line: field.node.position.line)
    }

    private func warnAboutItems(_ reader: MapReader) {
        guard !reader.has("for_each") else { return }
        for key in ["label", "concurrency"] where reader.has(key) {
            reader.warning("\"\(key)\" has no effect without \"for_each\"", at: key)
        }
    }

    private func kind(_ reader: MapReader) -> RecipeStep.Kind? {
        let call = call(reader)
        let transform = reader.text("transform")
        let table = table(reader)
        let render = render(reader)
        let wait = reader.duration("wait")

        let given = Self.kinds.filter { reader.has($0) }
        guard given.count == 1 else {
            if given.isEmpty, reader.misspells(oneOf: Self.kinds) { return nil }
            let expected = "exactly one of \(Self.kinds.joined(separator: ", "))"
            reader.error(
                given.isEmpty
                    ? "\(reader.title) does nothing" : "\(reader.title) has both \"\(given[0])\" and \"\(given[1])\"",
                expected: expected)
            return nil
        }
        if given[0] != "call", reader.has("with") {
            reader.error("\"with\" goes with \"call\" only", at: "with")
        }
        return call ?? transform.map { .transform(program: $0) } ?? table ?? render ?? wait.map { .wait($0) }
    }

    private func call(_ reader: MapReader) -> RecipeStep.Kind? {
        let content = JSONContentReader(session: session).object("with", in: reader, orExpression: true)
        if let content {
            JSONContentReader(session: session).checkArguments(content, title: "\"with\" of \(reader.title)")
            if let field = reader.value("with"), content.source.file == field.file { expressions.checkAll(field) }
        }
        guard let field = reader.value("call") else { return nil }
        let parts = field.node.text?.split(separator: ".", omittingEmptySubsequences: false) ?? []
        guard parts.count == 2, parts.allSatisfy({ Names.isName($0) }) else {
            field.wrong(expected: "PROVIDER.OPERATION, such as \"rents.search\"")
            return nil
        }
        let (provider, operation) = (String(parts[0]), String(parts[1]))
        session.callUses.append(
            CallUse(provider: provider, operation: operation, arguments: content?.root, field: field))
        return .call(provider: provider, operation: operation, with: content?.source)
    }

    private func table(_ reader: MapReader) -> RecipeStep.Kind? {
        guard let map = reader.map("table") else { return nil }
        let file = outputFile("file", in: map)
        let rows = expressions.expression("rows", in: map, required: true)
        let expected = "fields and headings, such as { name: \"Neighbourhood\" }"
        var columns: [TableColumn] = []
        if let field = map.value("columns", required: expected) {
            for entry in field.named {
                guard let title = entry.field.node.text else {
                    entry.field.wrong(expected: "the heading of the column")
                    continue
                }
                columns.append(TableColumn(field: entry.name, title: title))
            }
            if field.node.entries?.isEmpty == true { field.error("the table has no columns", expected: expected) }
        }
        map.finish()
        if let file, !file.hasSuffix(".csv") {
            map.error("a table is written as CSV", at: "file", expected: "a file name that ends in .csv")
        }
        guard let file, let rows else { return nil }
        return .table(file: file, rows: rows, columns: columns)
    }

    private func render(_ reader: MapReader) -> RecipeStep.Kind? {
        guard let map = reader.map("render") else { return nil }
        let expected = "the name of a file below the footing folder, such as \"templates/report.html\""
        var template: String?
        if let field = map.value("template", required: expected) {
            template = field.node.text
            if let template, JSONContentReader(session: session).checkInside(template, field) {
                if !session.files.isFile("\(session.folder)/\(template)") {
                    field.error("there is no file \(Field.quoted(session.shown(template)))")
                }
            } else if template == nil {
                field.wrong(expected: expected)
            }
        }
        let file = outputFile("file", in: map)
        let data = expressions.expression("data", in: map, required: true)
        map.finish()
        guard let template, let file, let data else { return nil }
        return .render(template: template, file: file, data: data)
    }

    /// The name of a file in the workspace: one path component, which may hold expressions.
    private func outputFile(_ key: String, in map: MapReader) -> String? {
        let expected = "a plain file name such as \"report.pdf\", without folders"
        guard let field = map.value(key, required: expected) else { return nil }
        guard let text = field.node.text else {
            field.wrong(expected: expected)
            return nil
        }
        guard let parts = expressions.check(text, field)?.parts else { return nil }
        let plain = parts.map { part in
            guard case .literal(let text) = part else { return "x" }
            return text
        }
        guard Names.isFile(plain.joined()) else {
            field.wrong(expected: expected)
            return nil
        }
        return text
    }
}
