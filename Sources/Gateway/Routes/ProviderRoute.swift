import Contracts
package import Inventory

/// A provider made ready for calls in one environment.
package final class ProviderRoute: Sendable {
    package let provider: Provider
    /// nil: the provider has no address in this environment.
    package let endpoint: Endpoint?
    package let gate: ProviderGate
    package let index: RouteIndex
    /// In the order of the inventory, which is what the index's places mean.
    let operations: [OperationRoute]
    /// For calls to what is no operation.
    let drift: DriftPolicy
    let undeclaredGateSlot: Int
    let undeclaredTallySlot: Int
    /// Whether the cache may hold answers of this provider.
    let hasCache: Bool
    private let places: [String: Int]

    init(_ provider: Provider, _ making: RouteMaking, _ findings: inout [Finding]) {
        self.provider = provider
        endpoint = making.endpoints(provider, making.environment)
        gate = making.gates.gate(for: provider)
        index = RouteIndex(provider.operations)
        drift = DriftPolicy(provider.drift)
        undeclaredGateSlot = gate.slot(of: nil)
        undeclaredTallySlot = making.tallySlot(provider.name, "undeclared")
        var operations: [OperationRoute] = []
        for (place, operation) in provider.operations.enumerated() {
            operations.append(
                OperationRoute(operation, place: place, provider: provider, gate: gate, making, &findings))
        }
        self.operations = operations
        hasCache = provider.operations.contains { $0.cache != nil }
        places = Dictionary(
            operations.map { ($0.operation.name, $0.place) }, uniquingKeysWith: { first, _ in first })
    }

    /// The same route behind another gate of the provider, which numbers its operations alike.
    init(_ other: ProviderRoute, behind gate: ProviderGate) {
        provider = other.provider
        endpoint = other.endpoint
        self.gate = gate
        index = other.index
        operations = other.operations
        drift = other.drift
        undeclaredGateSlot = gate.slot(of: nil)
        for operation in operations { _ = gate.slot(of: operation.operation.name) }
        undeclaredTallySlot = other.undeclaredTallySlot
        hasCache = other.hasCache
        places = other.places
    }

    package func operation(_ name: String) -> OperationRoute? {
        places[name].map { operations[$0] }
    }

    package var operationNames: [String] { places.keys.sorted() }
}
