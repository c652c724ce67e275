package import Inventory
package import NIOSSL
import Synchronization

/// The TLS contexts in use: one for each provider and environment, made anew when its settings or secrets change.
///
/// Providers with equal settings share one, so that the machine's authorities are in memory once.
package final class TLSContexts: Sendable {
    private struct Key: Hashable {
        let provider: String
        let environment: EnvironmentName
    }

    private struct Entry {
        let settings: TLSSettings
        let context: NIOSSLContext
    }

    private let entries = Mutex<[Key: Entry]>([:])

    package init() {}

    /// The context for a new connection; asked for when one is opened, not for each call.
    package func context(
        for settings: TLSSettings, provider: String, environment: EnvironmentName
    ) throws(TLSFault) -> NIOSSLContext {
        let key = Key(provider: provider, environment: environment)
        let known = entries.withLock { entries -> NIOSSLContext? in
            if let entry = entries[key], entry.settings == settings { return entry.context }
            guard let equal = entries.values.first(where: { $0.settings == settings }) else { return nil }
            entries[key] = equal
            return equal.context
        }
        if let known { return known }
        let context = try settings.context()
        entries.withLock { $0[key] = Entry(settings: settings, context: context) }
        return context
    }
}
