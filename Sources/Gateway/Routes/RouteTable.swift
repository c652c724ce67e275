import Contracts
package import Inventory

/// The inventory made ready for calls: contracts compiled, mappings compiled, one gate per provider.
///
/// Immutable; a reload makes a new one and swaps it.
package final class RouteTable: Sendable {
    package let project: Project
    package let gates: ProviderGates
    private let providers: [String: ProviderRoute]

    private init(project: Project, gates: ProviderGates, providers: [String: ProviderRoute]) {
        self.project = project
        self.gates = gates
        self.providers = providers
    }

    /// Everything wrong with contracts and mappings comes back as findings, all at once; the table lacks what did not compile.
    package static func compile(
        _ project: Project, _ making: RouteMaking? = nil
    ) -> (table: RouteTable, findings: [Finding]) {
        let making = making ?? RouteMaking(environment: project.environment)
        var findings: [Finding] = []
        var routes: [String: ProviderRoute] = [:]
        for provider in project.providers {
            routes[provider.name] = ProviderRoute(provider, making, &findings)
        }
        return (RouteTable(project: project, gates: making.gates, providers: routes), findings)
    }

    /// The same routes behind gates that no call has passed yet.
    package func behindFreshGates() -> RouteTable {
        let gates = ProviderGates()
        return RouteTable(
            project: project, gates: gates,
            providers: providers.mapValues { ProviderRoute($0, behind: gates.gate(for: $0.provider)) })
    }

    package func provider(_ name: String) -> ProviderRoute? {
        providers[name]
    }

    /// The known provider names, for "did you mean".
    package var providerNames: [String] { providers.keys.sorted() }
}
