/// One environment of a provider: where its API answers, and how the connection is made.
public struct ProviderEnvironment: Hashable, Sendable {
    public let url: ServiceURL
    public let tls: ProviderTLS
    public let http2: HTTP2Use

    public init(url: ServiceURL, tls: ProviderTLS = ProviderTLS(), http2: HTTP2Use = .auto) {
        self.url = url
        self.tls = tls
        self.http2 = http2
    }
}
