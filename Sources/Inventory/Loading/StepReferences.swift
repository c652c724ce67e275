/// Looks in expressions for `.steps.NAME` where no such step has been done yet.
///
/// A look at the text, not a jq parser: what it finds is a warning.
struct StepReferences {
    let stepNames: [String]

    func check(_ field: Field) {
        field.node.eachText { text, node, path in
            report(text, node.position, field.path + path, field.file, field.collector)
        }
    }

    func checkResult(_ reader: MapReader) {
        if let field = reader.value("result") { check(field) }
    }

    private func report(
        _ text: String, _ position: Position, _ path: String, _ file: String, _ collector: FindingCollector
    ) {
        for name in Set(names(in: text)).sorted() where !stepNames.contains(name) {
            let dashed = stepNames.filter { $0.hasPrefix(name + "-") }
            if let step = dashed.first {
                collector.warning(
                    "\".steps.\(name)\" followed by \"-\" is a subtraction in jq; write .steps[\"\(step)\"]", in: file,
                    at: position, path: path)
                continue
            }
            let near = Spelling.suggestion(for: name, among: stepNames)
            collector.report(
                Finding(
                    severity: .warning, file: file, line: position.line, column: position.column, path: path,
                    message: "\".steps.\(name)\" names no step before this one", suggestion: near))
        }
    }

    /// The names after `.steps.` that stand at the beginning of a path.
    private func names(in text: String) -> [String] {
        var names: [String] = []
        var rest = text.utf8[...]
        let marker = Array(".steps.".utf8)
        var last: UInt8 = 0
        while let first = rest.first {
            if first == marker[0], rest.starts(with: marker), !isPathEnd(last) {
                let tail = rest.dropFirst(marker.count)
                let name = tail.prefix { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "_") }
                if !name.isEmpty { names.append(String(decoding: name, as: UTF8.self)) }
                rest = tail
                last = name.last ?? UInt8(ascii: ".")
            } else {
                last = first
                rest = rest.dropFirst()
            }
        }
        return names
    }

    private func isPathEnd(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || "_])?\"}".utf8.contains(byte)
    }
}
