import Contracts
package import Inventory

/// A provider made ready for calls in one environment.
package struct ProviderRoute: Sendable {
    package let provider: Provider
    /// nil: the provider has no address in this environment.
    package let origin: ServiceURL?
    package let gate: ProviderGate
    private let operations: [String: OperationRoute]

    init(_ provider: Provider, environment: EnvironmentName, _ timing: JQProgram.Timing, _ findings: inout [Finding]) {
        self.provider = provider
        origin = provider.environments[environment]?.url
        gate = ProviderGate(provider)
        var routes: [String: OperationRoute] = [:]
        for operation in provider.operations {
            routes[operation.name] = OperationRoute(operation, provider: provider, timing, &findings)
        }
        operations = routes
    }

    package func operation(_ name: String) -> OperationRoute? {
        operations[name]
    }

    package var operationNames: [String] { operations.keys.sorted() }
}
