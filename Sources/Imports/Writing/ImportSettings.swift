import Contracts

/// What a person said about an import.
package struct ImportSettings: Sendable {
    /// The provider's name in the inventory.
    package var provider: String
    /// The document's name, without folders.
    package var source: String
    package var production: String?
    package var sandbox: String?
    /// The name of the provider's secret.
    package var secret: String?
    /// The header in which the provider takes idempotency keys for all writes.
    package var idempotencyHeader: String?
    /// Whether the document wins where a person changed something too.
    package var replaces = false

    package init(provider: String, source: String) {
        self.provider = provider
        self.source = source
    }

    /// What was said, for the record.
    var said: JSONObject {
        var said = JSONObject()
        for (name, value) in [
            ("production", production), ("sandbox", sandbox), ("secret", secret), ("idempotency", idempotencyHeader),
        ] {
            said[name] = value.map { .string($0) }
        }
        return said
    }

    /// Takes over from an earlier import what was not said now.
    mutating func fill(from said: JSONObject) {
        production = production ?? said["production"]?.stringValue
        sandbox = sandbox ?? said["sandbox"]?.stringValue
        secret = secret ?? said["secret"]?.stringValue
        idempotencyHeader = idempotencyHeader ?? said["idempotency"]?.stringValue
    }
}
