/// A provider that a person has switched off.
package struct ProviderSwitch: Sendable, Hashable {
    package let provider: String
    /// Why, in the person's words; for operators only.
    package let reason: String
    package let by: String
    package let at: Timestamp

    package init(provider: String, reason: String, by: String, at: Timestamp) {
        self.provider = provider
        self.reason = reason
        self.by = by
        self.at = at
    }
}
