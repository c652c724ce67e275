/// Whether a provider is spoken to in HTTP/2.
public enum HTTP2Use: String, CaseIterable, Sendable {
    /// Where the provider chooses it while TLS is agreed on.
    case auto
    case never
    /// Without asking on an address that is not encrypted; over TLS, a provider that does not choose it is not spoken to.
    case always
}
