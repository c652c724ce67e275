// Compiled together with Sources/Contracts by `bin/fuzz --coverage`, which lets libFuzzer choose the input by what it
// reaches. The first byte says what the rest is: a JSON text; a schema and a value; a pattern and a text.

private let scratch = JSONScratch()
private let anything = try? Schema.compile(true)

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1, count < 1 << 16 else { return 0 }
    let bytes = Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
    switch start[0] & 3 {
    case 0, 1: fuzzText(bytes)
    case 2: fuzzSchema(bytes)
    default: fuzzPattern(bytes)
    }
    return 0
}

private func fuzzText(_ bytes: [UInt8]) {
    let tree = try? JSONValue.parse(bytes)
    let verdict = bytes.withUnsafeBytes { anything?.check($0, with: scratch) }
    precondition((tree != nil) == verdict?.isValid, "two ways, two verdicts")
    guard let tree else { return }
    precondition(scratch.value == tree, "two ways, two values")
    precondition((try? JSONValue.parse(tree.encoded())) == tree, "written and read again it is another value")
}

/// `[schema, value, ...]`
private func fuzzSchema(_ bytes: [UInt8]) {
    guard case .array(let parts)? = try? JSONValue.parse(bytes), let json = parts.first,
        let schema = try? Schema.compile(json)
    else { return }
    for value in parts.dropFirst() {
        let document = JSONDocument(value)
        let quick = schema.accepts(document, with: scratch)
        precondition(schema.validate(document).isEmpty == quick, "fast and exhaustive differ")
        precondition(schema.output(document, format: .basic)["valid"] == .bool(quick), "output differs")
        _ = Drift.findings(schema: schema, document: document)
    }
}

/// A pattern and a text with a line break between.
private func fuzzPattern(_ bytes: [UInt8]) {
    let parts = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let pattern = String(validating: parts[0], as: UTF8.self),
        let text = String(validating: parts[1], as: UTF8.self), let expression = try? RegularExpression(pattern)
    else { return }
    _ = expression.isFound(in: text)
}
