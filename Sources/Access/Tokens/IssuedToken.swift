package import Store

/// A new token: the only moment at which its text can be had.
package struct IssuedToken: Sendable, CustomStringConvertible, CustomReflectable {
    package let text: String
    package let record: TokenRecord

    package init(text: String, record: TokenRecord) {
        self.text = text
        self.record = record
    }

    package var description: String { "[token \(record.name)]" }
    package var customMirror: Mirror { Mirror(self, children: ["record": record]) }
}
