import Contracts

/// A pattern of a matcher: it must match the whole of a value.
struct PactPattern: Sendable {
    /// As it stands in the file.
    let text: String
    /// As a pattern of JSON Schema, for the whole of a text.
    let source: String
    private let expression: RegularExpression

    init(_ text: String) throws(RegularExpressionError) {
        self.text = text
        source = "^(?:\(PatternTranslation.translate(text)))$"
        expression = try RegularExpression(source)
    }

    func matches(_ value: String) -> Bool {
        expression.isFound(in: value)
    }
}
