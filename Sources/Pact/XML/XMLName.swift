/// A name with its namespace; prefixes mean nothing once they are resolved.
struct XMLName: Sendable, Hashable, CustomStringConvertible {
    /// The namespace's URI; nil for none.
    let namespace: String?
    let local: String

    /// As it stands in the paths of rules.
    var description: String {
        namespace.map { "\($0):\(local)" } ?? local
    }
}
