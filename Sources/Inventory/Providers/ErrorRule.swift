/// One line of an error map: which answers of a provider it speaks for, and the words a user may read.
public struct ErrorRule: Hashable, Sendable {
    /// The HTTP status it speaks for; nil speaks for any.
    public let status: Int?
    /// The provider's own error code it speaks for; nil speaks for any.
    public let code: String?
    /// Where in the error body the provider's code stands, as a path (`$.error.code`).
    public let field: String
    /// The `code` of the problem that the caller receives.
    public let problemCode: String
    /// What the user may read.
    public let text: String
    /// The same in other languages, by language tag (`de`, `pt-BR`).
    public let texts: [String: String]
    /// Whether the caller's input is at fault and not the provider.
    public let isCaller: Bool

    public static let standardField = "$.error.code"

    public init(
        status: Int? = nil, code: String? = nil, field: String = ErrorRule.standardField, problemCode: String,
        text: String, texts: [String: String] = [:], isCaller: Bool = false
    ) {
        self.status = status
        self.code = code
        self.field = field
        self.problemCode = problemCode
        self.text = text
        self.texts = texts
        self.isCaller = isCaller
    }
}
