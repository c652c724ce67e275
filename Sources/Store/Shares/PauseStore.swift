/// Until when providers asked everyone to stay away, for the other nodes and for the next start.
package protocol PauseStore: Sendable {
    /// A pause never ends one that is longer.
    func keepPauses(_ pauses: [ProviderPause], at: Timestamp) async throws
    /// Those that are not over, in no order.
    func pauses(at: Timestamp) async throws -> [ProviderPause]
}

/// A provider's own words: no call before that moment.
package struct ProviderPause: Sendable, Hashable {
    package let provider: String
    package let until: Timestamp

    package init(provider: String, until: Timestamp) {
        self.provider = provider
        self.until = until
    }
}
