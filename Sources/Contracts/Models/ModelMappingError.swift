/// What is wrong with a mapping, or why an answer cannot be mapped: a line for each field.
public struct ModelMappingError: Error, Sendable, Hashable, CustomStringConvertible {
    public struct Finding: Error, Sendable, Hashable, CustomStringConvertible {
        /// Nil when the mapping as a whole is meant.
        public let field: String?
        /// May quote the beginning of a value where a jq program raised it.
        public let message: String
        /// The same without anything of a value.
        public let summary: String

        public init(field: String?, message: String) {
            self.field = field
            self.message = message
            summary = message
        }

        init(field: String?, _ error: JQError) {
            self.field = field
            message = error.message
            summary = error.summary
        }

        public var description: String {
            field.map { "\($0): \(message)" } ?? message
        }
    }

    public let findings: [Finding]

    public init(findings: [Finding]) {
        self.findings = findings
    }

    /// The fields and the kinds of values, without anything of a value: for reports that others read.
    public var summary: String {
        findings.map { finding in finding.field.map { "\($0): \(finding.summary)" } ?? finding.summary }
            .joined(separator: "; ")
    }

    public var description: String {
        findings.map(\.description).joined(separator: "; ")
    }
}
