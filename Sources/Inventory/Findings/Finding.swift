/// One thing that is wrong, or worth knowing, in an inventory file.
public struct Finding: Hashable, Sendable {
    /// How bad it is.
    public enum Severity: String, Sendable {
        /// The project cannot be served.
        case error
        /// The project can be served, with the consequence the message names.
        case warning
    }

    public let severity: Severity
    /// The file, relative to the project folder (`footing/providers/rents.yaml`).
    public let file: String
    /// Counted from 1.
    public let line: Int
    /// Counted from 1, in characters.
    public let column: Int
    /// Where in the document, as keys and indices from the top: `/operations/search/method`.
    public let path: String
    public let message: String
    /// What would be right, when that can be said in a phrase.
    public let expected: String?
    /// The word that was probably meant.
    public let suggestion: String?

    public init(
        severity: Severity, file: String, line: Int = 1, column: Int = 1, path: String = "", message: String,
        expected: String? = nil, suggestion: String? = nil
    ) {
        self.severity = severity
        self.file = file
        self.line = line
        self.column = column
        self.path = path
        self.message = message
        self.expected = expected
        self.suggestion = suggestion
    }
}

extension Finding: CustomStringConvertible {
    /// The finding in the form of a compiler's diagnostic, on one line.
    public var description: String {
        var text = "\(file):\(line):\(column): \(severity.rawValue): \(message)"
        if let expected { text += "; expected \(expected)" }
        if let suggestion { text += "; did you mean \"\(suggestion)\"?" }
        return text
    }
}
