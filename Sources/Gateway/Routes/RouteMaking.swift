package import Contracts
package import Inventory

/// What routes are made with, and what survives a reload of the inventory.
package struct RouteMaking: Sendable {
    package var environment: EnvironmentName
    /// When jq programs are compiled: `.now` to find their faults, `.firstRun` for a quick start.
    package var timing: JQProgram.Timing
    package var gates: ProviderGates
    /// Makes, or finds again, the place where a provider is reached.
    package var endpoints: @Sendable (Provider, EnvironmentName) -> Endpoint?
    /// Where answered reads of an operation are counted.
    package var tallySlot: @Sendable (_ provider: String, _ operation: String) -> Int

    package init(
        environment: EnvironmentName, timing: JQProgram.Timing = .now, gates: ProviderGates = ProviderGates(),
        endpoints: @escaping @Sendable (Provider, EnvironmentName) -> Endpoint? = { provider, environment in
            provider.environments[environment].map { Endpoint($0.url) }
        },
        tallySlot: @escaping @Sendable (_ provider: String, _ operation: String) -> Int = { _, _ in 0 }
    ) {
        self.environment = environment
        self.timing = timing
        self.gates = gates
        self.endpoints = endpoints
        self.tallySlot = tallySlot
    }
}
