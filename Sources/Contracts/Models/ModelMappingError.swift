/// What is wrong with a mapping, or why an answer cannot be mapped: a line for each field.
public struct ModelMappingError: Error, Sendable, Hashable, CustomStringConvertible {
    public struct Finding: Error, Sendable, Hashable, CustomStringConvertible {
        /// Nil when the mapping as a whole is meant.
        public let field: String?
        public let message: String

        public init(field: String?, message: String) {
            self.field = field
            self.message = message
        }

        public var description: String {
            field.map { "\($0): \(message)" } ?? message
        }
    }

    public let findings: [Finding]

    public init(findings: [Finding]) {
        self.findings = findings
    }

    public var description: String {
        findings.map(\.description).joined(separator: "; ")
    }
}
