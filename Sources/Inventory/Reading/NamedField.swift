/// A value under a name that the file's author chose.
struct NamedField {
    let name: String
    /// Where the name stands.
    let position: Position
    let field: Field

    /// Reports a fault of the name.
    func error(_ message: String, expected: String? = nil, suggestion: String? = nil) {
        field.collector.error(
            message, in: field.file, at: position, path: field.path, expected: expected, suggestion: suggestion)
    }

    /// Reports a name that is not lower-case letters, digits and dashes.
    func checkName(of thing: String) {
        guard !Names.isName(name) else { return }
        error("\(Field.quoted(name)) cannot be the name of \(thing)", expected: Names.expected)
    }
}
