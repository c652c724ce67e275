import Yams

/// Reads YAML text into a `DataNode`.
///
/// Everything that is wrong becomes a finding. A key written twice does not stop the reading: Yams refuses such a
/// document as a whole, so the first of the two is marked in the text and the document is composed again.
struct YAMLDocument {
    /// The most repeated keys that are mended in one document.
    private static let maximumRepairs = 40

    let file: String
    let collector: FindingCollector
    var limits = YAMLLimits.inventory

    /// The root of the document, or nil when it is broken or empty.
    func read(_ text: String) -> DataNode? {
        guard !HeavyKeys.arePossible(in: text) else {
            collector.error(
                "an alias or a list is used as a mapping key", in: file, expected: "keys that are plain text")
            return nil
        }
        var text = text
        for attempt in 1... {
            do {
                let parser = try Yams.Parser(yaml: text, resolver: .basic, encoding: .utf8)
                guard let root = try parser.singleRoot() else {
                    collector.error("the file is empty", in: file, expected: "a mapping")
                    return nil
                }
                var builder = YAMLTreeBuilder(file: file, collector: collector, limits: limits)
                return builder.build(root)
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                let position = Position(line: context.mark.line, column: context.mark.column)
                guard attempt <= Self.maximumRepairs,
                    let mended = RepeatedKey.mark(in: text, at: position, key: keys.first ?? "", number: attempt)
                else {
                    collector.error("a key is written twice in the same mapping", in: file, at: position)
                    return nil
                }
                text = mended
            } catch {
                report(error, text)
                return nil
            }
        }
        return nil
    }

    private func report(_ error: any Error, _ text: String) {
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let position = Position(line: mark.line, column: mark.column)
            var message = "broken YAML: \(problem)"
            if let context { message += " (\(context.text), line \(context.mark.line))" }
            collector.error(message, in: file, at: position)
        case .reader(let problem, let offset, _, _):
            let before = text.prefix(offset ?? 0)
            let line = before.reduce(1) { $1.isNewline ? $0 + 1 : $0 }
            let column = before.reversed().prefix { !$0.isNewline }.count + 1
            collector.error("broken YAML: \(problem)", in: file, at: Position(line: line, column: column))
        default:
            collector.error("broken YAML", in: file)
        }
    }
}
