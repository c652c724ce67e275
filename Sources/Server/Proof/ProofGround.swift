package import Access
import Gateway
package import Inventory
import NIOPosix
package import Store

/// What contract tests stand on: a store of their own that is thrown away, clock and ids.
package struct ProofGround: Sendable {
    package let store: any StateStore
    package let clock: any WallClock
    package let ids: any IDSource

    package init(store: any StateStore, clock: any WallClock, ids: any IDSource) {
        self.store = store
        self.clock = clock
        self.ids = ids
    }

    /// A corridor to the real providers, with the project's secrets.
    package func corridor(_ project: Project, secrets: any SecretStore) -> ProofCorridor {
        let endpoints = EndpointBook(secrets: secrets)
        let (table, _) = RouteTable.compile(
            project, RouteMaking(environment: project.environment, endpoints: { endpoints.endpoint(of: $0, in: $1) }))
        return ProofCorridor(
            table, store: store, secrets: secrets, client: HTTPClient(group: MultiThreadedEventLoopGroup.singleton),
            clock: clock, ids: ids)
    }

    /// A corridor in which one prepared answer takes the provider's place, as if nothing had been called before.
    func played(_ table: RouteTable, by client: PlayedProvider) -> ProofCorridor {
        ProofCorridor(
            table.behindFreshGates(), store: store, secrets: PlayedSecrets(), client: client, clock: clock, ids: ids)
    }
}
