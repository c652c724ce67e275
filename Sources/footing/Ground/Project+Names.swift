import Inventory

extension Project {
    /// The provider of that name; a name that nobody has ends the command.
    func known(_ name: String, advice: String? = nil) throws -> Provider {
        if let provider = provider(named: name) { return provider }
        throw Failure(
            .notFound, "The inventory has no provider \(name)",
            evidence: ["There are: \(providers.map(\.name).joined(separator: ", "))."], advice: advice)
    }
}
