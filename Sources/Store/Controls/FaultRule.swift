/// A failure that Footing plays to callers of a provider, so that a team sees its app under it.
package struct FaultRule: Sendable, Hashable {
    /// What takes the place of the provider's answer.
    package enum Kind: Sendable, Hashable {
        /// An answer with this status; the provider is not called.
        case status(Int)
        /// Only the delay; then the call goes on as usual.
        case delay
        /// The connection ends without an answer.
        case drop
        /// A 200 whose body ends before its length.
        case truncated
        /// A 200 with a body that no contract accepts.
        case garbage
    }

    package let id: String
    package let provider: String
    /// nil: every operation.
    package let operation: String?
    package let kind: Kind
    /// Share of the calls it hits, 0...1.
    package let rate: Double
    /// Waited before anything else happens.
    package let delay: Duration
    package let by: String
    package let at: Timestamp
    /// nil: until it is taken away.
    package let expires: Timestamp?

    package init(
        id: String, provider: String, operation: String? = nil, kind: Kind, rate: Double = 1, delay: Duration = .zero,
        by: String, at: Timestamp, expires: Timestamp? = nil
    ) {
        self.id = id
        self.provider = provider
        self.operation = operation
        self.kind = kind
        self.rate = rate
        self.delay = delay
        self.by = by
        self.at = at
        self.expires = expires
    }
}
