/// The people who answer for a provider.
public struct Owner: Hashable, Sendable {
    public let name: String
    /// An address, channel or number where they are reached.
    public let contact: String?

    public init(name: String, contact: String? = nil) {
        self.name = name
        self.contact = contact
    }
}
