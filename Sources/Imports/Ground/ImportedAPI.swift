package import Contracts

/// What a document says about a provider, whatever it was written in.
package struct ImportedAPI: Sendable {
    /// What the document is: `OpenAPI 3.0.3`, `Postman collection 2.1`.
    package var format: String
    package var title: String?
    package var about: String?
    package var servers: [ImportedServer] = []
    package var auth: ImportedAuth?
    /// A rate as the inventory writes it (`100/60s`).
    package var rate: String?
    /// By name, each once.
    package var operations: [ImportedOperation] = []
    /// Statuses from 400 on that any operation says it answers with.
    package var errorStatuses: Set<Int> = []
    /// Schemas that several places use, by file name below `schemas/`; references between them are relative to that folder.
    package var schemas: [String: JSONValue] = [:]
    package var notes: [ImportNote] = []
    /// Operations of the document that were left out by a filter.
    package var leftOut = 0

    package init(format: String) {
        self.format = format
    }
}
