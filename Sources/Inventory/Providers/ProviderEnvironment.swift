/// One environment of a provider: where its API answers.
public struct ProviderEnvironment: Hashable, Sendable {
    public let url: ServiceURL

    public init(url: ServiceURL) {
        self.url = url
    }
}
