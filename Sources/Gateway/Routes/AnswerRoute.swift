package import Contracts

/// The compiled contract of answers with one status, or of a class of them.
package struct AnswerRoute: Sendable {
    /// As the inventory writes it: `404`, `4xx` or `default`.
    package let status: String
    /// What that covers; `default` covers all.
    let statuses: Range<Int>
    package let schema: Schema

    init(status: String, schema: Schema) {
        self.status = status
        self.schema = schema
        if let number = Int(status) {
            statuses = number..<(number + 1)
        } else if status.hasSuffix("xx"), let digit = Int(status.prefix(1)) {
            statuses = (digit * 100)..<(digit * 100 + 100)
        } else {
            statuses = 100..<600
        }
    }
}
