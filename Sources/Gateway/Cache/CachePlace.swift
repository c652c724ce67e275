/// The thing at a provider that reads tell about and writes change.
package struct CachePlace: Sendable, Hashable {
    let provider: String
    let path: String

    /// - Parameter path: percent-encoded, below the provider's base path, without query.
    package init(provider: String, path: String) {
        self.provider = provider
        self.path = CanonicalText.path(path)
    }
}
