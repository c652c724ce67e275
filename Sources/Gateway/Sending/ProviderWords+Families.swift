extension ProviderWords {
    /// The kinds of fields in which providers write about their limits.
    struct Families: OptionSet, Sendable {
        let rawValue: UInt32

        /// `RateLimit-Remaining`, `RateLimit-Reset`.
        static let plain = Families(rawValue: 1)
        /// `X-RateLimit-Remaining`, `X-RateLimit-Reset`.
        static let extended = Families(rawValue: 2)
        /// `X-Rate-Limit-Remaining`, `X-Rate-Limit-Reset`.
        static let dashed = Families(rawValue: 4)
        /// `X-RateLimit-Remaining-Requests` and the like.
        static let perKind = Families(rawValue: 8)
        /// `Anthropic-RateLimit-Requests-Remaining` and the like.
        static let anthropic = Families(rawValue: 16)
        /// `RateLimit`.
        static let structured = Families(rawValue: 32)

        static let all = Families(rawValue: 63)
    }
}
