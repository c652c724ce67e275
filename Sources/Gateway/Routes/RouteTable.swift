package import Contracts
package import Inventory

/// The inventory made ready for calls: contracts compiled, mappings compiled, one gate per provider.
///
/// Immutable; a reload builds a new one and swaps it.
package struct RouteTable: Sendable {
    package let project: Project
    private let providers: [String: ProviderRoute]

    /// Everything wrong with contracts and mappings comes back as findings, all at once; the table lacks what did not compile.
    ///
    /// - Parameter timing: when jq programs are compiled: `.now` to find their faults, `.firstRun` for a quick start.
    package static func compile(
        _ project: Project, _ timing: JQProgram.Timing = .now
    ) -> (table: RouteTable, findings: [Finding]) {
        var findings: [Finding] = []
        var routes: [String: ProviderRoute] = [:]
        for provider in project.providers {
            routes[provider.name] = ProviderRoute(provider, environment: project.environment, timing, &findings)
        }
        return (RouteTable(project: project, providers: routes), findings)
    }

    package func provider(_ name: String) -> ProviderRoute? {
        providers[name]
    }

    /// The nearest known provider name, for "did you mean".
    package var providerNames: [String] { providers.keys.sorted() }
}
