import Contracts

/// A pattern of a matcher: it must match the whole of a value.
struct PactPattern: Sendable {
    /// As it stands in the file.
    let text: String
    private let expression: RegularExpression

    init(_ text: String) throws(RegularExpressionError) {
        self.text = text
        expression = try RegularExpression("^(?:\(PatternTranslation.translate(text)))$")
    }

    func matches(_ value: String) -> Bool {
        expression.isFound(in: value)
    }
}
