package import Contracts

/// What an operation's contract says, as far as a pact can be compared with it.
package struct PactContract: Sendable {
    /// A contract for values that are text on the wire, and how they are read.
    package struct Values: Sendable {
        package let schema: Schema
        package let read: @Sendable (_ text: String, _ name: String) -> JSONValue

        package init(schema: Schema, read: @escaping @Sendable (_ text: String, _ name: String) -> JSONValue) {
            self.schema = schema
            self.read = read
        }
    }

    /// `provider.operation`.
    package let name: String
    package let path: Values?
    package let query: Values?
    package let body: Schema?
    /// Of answers that are successes.
    package let response: Schema?

    package init(name: String, path: Values?, query: Values?, body: Schema?, response: Schema?) {
        self.name = name
        self.path = path
        self.query = query
        self.body = body
        self.response = response
    }
}
