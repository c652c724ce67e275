package import Access
package import Inventory
import Store
import Synchronization

/// Where the project's providers are reached; an unchanged provider keeps its endpoint, and so its connections, over a reload.
package final class EndpointBook: Sendable {
    private struct Entry {
        let environment: ProviderEnvironment
        let endpoint: Endpoint
    }

    private let secrets: any SecretStore
    private let contexts = TLSContexts()
    private let entries = Mutex<[String: Entry]>([:])

    package init(secrets: any SecretStore) {
        self.secrets = secrets
    }

    /// nil where the provider has no address in this environment.
    package func endpoint(of provider: Provider, in name: EnvironmentName) -> Endpoint? {
        guard let environment = provider.environments[name] else { return nil }
        return entries.withLock { entries in
            if let entry = entries[provider.name], entry.environment == environment { return entry.endpoint }
            let endpoint = make(provider.name, name, environment)
            entries[provider.name] = Entry(environment: environment, endpoint: endpoint)
            return endpoint
        }
    }

    private func make(_ provider: String, _ name: EnvironmentName, _ environment: ProviderEnvironment) -> Endpoint {
        return Endpoint(environment.url, serverName: environment.tls.serverName, http2: environment.http2) {
            [secrets, contexts] protocols in
            let client = environment.tls.client
            let settings = TLSSettings(
                environment.tls, protocols: protocols,
                certificate: try client.map { try secrets.current($0.certificate.rawValue) },
                key: try client.map { try secrets.current($0.key.rawValue) })
            return try contexts.context(for: settings, provider: provider, environment: name)
        }
    }
}
