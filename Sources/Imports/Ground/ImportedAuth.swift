/// How a document says callers show who they are; never with a value.
package enum ImportedAuth: Sendable, Hashable {
    case bearer
    case basic
    case header(String)
    case query(String)
}
