package import Store

/// The kill switches of providers.
package protocol ProviderSwitches: Sendable {
    /// Why the provider is off; nil when it is not.
    func disabled(_ provider: String) -> ProviderSwitch?
    /// In force on this node when it returns, on all others within a second.
    func disable(_ provider: String, reason: String, by: String) async throws -> ProviderSwitch
    /// Returns false when it was not off.
    func enable(_ provider: String) async throws -> Bool
}
