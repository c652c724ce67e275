package import Contracts
package import Inventory

/// One operation of a document, in the inventory's words.
package struct ImportedOperation: Sendable {
    /// A contract, or a guess at one that a person has to accept first.
    package enum Contract: Sendable {
        /// A schema of its own.
        case schema(JSONValue)
        /// One of the API's shared schemas, by its file name.
        case shared(String)
        /// Inferred from samples.
        case proposed(JSONValue, samples: Int)
    }

    package var name: String
    package var about: String?
    package var method: String
    package var path: String
    package var risk: Risk
    /// The header in which the provider takes an idempotency key.
    package var idempotencyHeader: String?
    package var query: JSONValue?
    package var pathSchema: JSONValue?
    package var body: Contract?
    package var answer: Contract?
    /// Some successful answers have no content that could be checked, so that drift is only recorded.
    package var recordsDrift = false
    /// Calls that work, as the document shows them.
    package var examples: [ImportedExample] = []
    /// Where it stands in the document.
    package var place = JSONPointer()

    package init(name: String, method: String, path: String, risk: Risk) {
        self.name = name
        self.method = method
        self.path = path
        self.risk = risk
    }
}
