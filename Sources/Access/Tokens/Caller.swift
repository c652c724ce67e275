package import Store

/// Who makes a request: a token that was recognised, and what it allows.
package struct Caller: Sendable, Equatable {
    /// The token's id.
    package let id: String
    package let name: String
    package let tenant: String
    package let scopes: [Scope]
    package let expires: Timestamp?

    package init(id: String, name: String, tenant: String, scopes: [Scope], expires: Timestamp? = nil) {
        self.id = id
        self.name = name
        self.tenant = tenant
        self.scopes = scopes
        self.expires = expires
    }

    package var isAdmin: Bool { scopes.contains(.admin) }

    package func allows(_ wanted: Scope) -> Bool {
        scopes.contains { $0.covers(wanted) }
    }

    package func mayCall(provider: String, operation: String) -> Bool {
        allows(.operation(provider: provider, name: operation))
    }

    package func mayRun(recipe: String) -> Bool {
        allows(.recipe(recipe))
    }
}

extension Caller {
    /// A stored scope that is no longer understood allows nothing.
    init(_ record: TokenRecord) {
        self.init(
            id: record.id, name: record.name, tenant: record.tenant,
            scopes: record.scopes.compactMap { try? Scope(parsing: $0) }, expires: record.expires)
    }
}
