import Contracts
import Inventory

/// Guesses from calls how callers show who they are: by the names of fields, never with a value.
package struct AuthGuess {
    private var counts: [ImportedAuth: Int] = [:]

    package init() {}

    /// What was seen most; nil where nothing was.
    package var best: ImportedAuth? { counts.max { ($0.value, "\($1.key)") < ($1.value, "\($0.key)") }?.key }

    package mutating func add(_ auth: ImportedAuth, weight: Int = 1) {
        counts[auth, default: 0] += weight
    }

    /// The way a header of a request shows a key; nil for one that shows none. Cookies are a browser's own affair.
    package static func way(header name: String, value: String?) -> ImportedAuth? {
        let plain = name.lowercased()
        guard Names.isHeader(name), !plain.contains("cookie"), !plain.hasPrefix("sec-") else { return nil }
        if plain == "authorization" {
            switch value?.prefix(while: { $0 != " " }).lowercased() {
            case "basic": return .basic
            case "bearer": return .bearer
            default: return .header(name)
            }
        }
        return Redaction.standard.isSecret(header: name) ? .header(name) : nil
    }

    /// The way a member of a query shows a key.
    package static func way(query name: String) -> ImportedAuth? {
        Redaction.standard.isSecret(member: name) ? .query(name) : nil
    }
}
