/// Reads the calls that an operation declares: `examples`, by name, and `example`, the short form of a single one.
struct ExamplesReader {
    let session: LoadSession

    /// Every one of them is a call of each contract test.
    private static let most = 50
    private static let short = "example"

    func read(_ reader: MapReader, of operation: String) -> [DeclaredExample] {
        let content = JSONContentReader(session: session)
        var examples: [DeclaredExample] = []
        if let example = content.object(Self.short, in: reader) {
            content.checkArguments(example, title: "example of operation \(operation)")
            examples.append(DeclaredExample(name: Self.short, input: example.source))
        }
        guard let field = reader.value("examples") else { return examples }
        let entries = field.named
        guard entries.count <= Self.most else {
            field.error("operation \(operation) has \(entries.count) examples", expected: "at most \(Self.most)")
            return examples
        }
        for entry in entries {
            entry.checkName(of: "an example")
            if examples.contains(where: { $0.name == entry.name }) {
                entry.error("the name \"\(entry.name)\" is taken by \"example\"", expected: "another name")
                continue
            }
            guard let example = content.object(entry.field) else { continue }
            content.checkArguments(example, title: "example \(entry.name) of operation \(operation)")
            examples.append(DeclaredExample(name: entry.name, input: example.source))
        }
        return examples
    }
}
