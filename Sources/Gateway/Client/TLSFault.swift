/// Why no TLS connection can be made with what the project says.
package struct TLSFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// For the operator: names files and secrets, shows none of them.
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
