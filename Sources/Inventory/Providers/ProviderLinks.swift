/// Where a person reads more about a provider.
public struct ProviderLinks: Hashable, Sendable {
    public let statusPage: String?
    public let changelog: String?
    public let runbook: String?

    public init(statusPage: String? = nil, changelog: String? = nil, runbook: String? = nil) {
        self.statusPage = statusPage
        self.changelog = changelog
        self.runbook = runbook
    }
}
