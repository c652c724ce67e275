import Wire

/// The names of the fields in which providers write about their limits.
struct LimitFieldNames: Sendable {
    /// What is left, and when it is filled up again.
    struct Pair: Sendable {
        let family: ProviderWords.Families
        let remaining: FieldName
        /// The first that is there counts.
        let resets: [FieldName]
        /// Whether what is left are calls, and not something of which one call takes many.
        let isCalls: Bool

        init(_ family: ProviderWords.Families, _ remaining: String, _ resets: [String], isCalls: Bool = true) {
            self.family = family
            self.remaining = FieldName(remaining) ?? .rateLimit
            self.resets = resets.compactMap { FieldName($0) }
            self.isCalls = isCalls
        }
    }

    static let shared = LimitFieldNames()

    let pairs = [
        Pair(.plain, "RateLimit-Remaining", ["RateLimit-Reset"]),
        Pair(.extended, "X-RateLimit-Remaining", ["X-RateLimit-Reset-After", "X-RateLimit-Reset"]),
        Pair(.dashed, "X-Rate-Limit-Remaining", ["X-Rate-Limit-Reset"]),
        Pair(.perKind, "X-RateLimit-Remaining-Requests", ["X-RateLimit-Reset-Requests"]),
        Pair(.perKind, "X-RateLimit-Remaining-Tokens", ["X-RateLimit-Reset-Tokens"], isCalls: false),
        Pair(.anthropic, "Anthropic-RateLimit-Requests-Remaining", ["Anthropic-RateLimit-Requests-Reset"]),
        Pair(
            .anthropic, "Anthropic-RateLimit-Tokens-Remaining", ["Anthropic-RateLimit-Tokens-Reset"], isCalls: false),
        Pair(
            .anthropic, "Anthropic-RateLimit-Input-Tokens-Remaining", ["Anthropic-RateLimit-Input-Tokens-Reset"],
            isCalls: false),
        Pair(
            .anthropic, "Anthropic-RateLimit-Output-Tokens-Remaining", ["Anthropic-RateLimit-Output-Tokens-Reset"],
            isCalls: false),
    ]
    let rateLimit = FieldName.rateLimit
    let retryAfterMilliseconds = ["Retry-After-Ms", "X-Ms-Retry-After-Ms"].compactMap { FieldName($0) }
    /// Resets that count in a refusal even where nothing says what is left.
    let resets = ["RateLimit-Reset", "X-RateLimit-Reset-After", "X-RateLimit-Reset", "X-Rate-Limit-Reset"]
        .compactMap { FieldName($0) }
    let mayRepeat = ["X-Should-Retry", "Stripe-Should-Retry"].compactMap { FieldName($0) }
}
