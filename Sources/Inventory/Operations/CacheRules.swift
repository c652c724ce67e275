/// For how long answers of a read are kept and given to later callers.
///
/// Every time is a ceiling: what the provider says about an answer (RFC 9111) counts where it is shorter, and the rules
/// alone where the provider says nothing.
public struct CacheRules: Hashable, Sendable {
    /// How long an answer is given out without asking the provider.
    public let lifetime: Duration
    /// How much longer it is given out when the provider fails (RFC 5861); zero: not at all.
    public let staleIfError: Duration
    /// How much longer it is given out while a fresh one is fetched (RFC 5861); zero: not at all.
    public let staleWhileRevalidate: Duration
    /// Request fields that choose between answers, besides those that the provider names in `Vary`; in small letters,
    /// sorted.
    public let vary: [String]
    public let scope: CacheScope

    public init(
        lifetime: Duration, staleIfError: Duration = .zero, staleWhileRevalidate: Duration = .zero,
        vary: [String] = [], scope: CacheScope = .tenant
    ) {
        self.lifetime = lifetime
        self.staleIfError = staleIfError
        self.staleWhileRevalidate = staleWhileRevalidate
        self.vary = vary
        self.scope = scope
    }
}
