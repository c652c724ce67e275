package import Inventory
package import Store
import Synchronization

/// The gates of all providers, kept while inventories come and go.
package final class ProviderGates: Sendable {
    private struct State {
        var gates: [String: ProviderGate] = [:]
        var off: [String: ProviderSwitch] = [:]
        var version = Int.min
        /// nil: limits are not shared.
        var nodes: Int?
    }

    private let state = Mutex(State())

    package init() {}

    /// The provider's gate; made by these rules where there is none yet, and else as it is.
    package func gate(for provider: Provider) -> ProviderGate {
        state.withLock { state in
            if let gate = state.gates[provider.name] { return gate }
            let gate = ProviderGate(provider)
            if let off = state.off[provider.name] { gate.switchOff(off) }
            if let nodes = state.nodes { gate.share(nodes: nodes) }
            state.gates[provider.name] = gate
            return gate
        }
    }

    package subscript(name: String) -> ProviderGate? {
        state.withLock { $0.gates[name] }
    }

    /// Puts the rules of a new inventory into force, and forgets the gates of providers that are gone.
    package func adopt(_ providers: [Provider]) {
        for provider in providers { gate(for: provider).adopt(provider) }
        let names = Set(providers.map(\.name))
        state.withLock { state in state.gates = state.gates.filter { names.contains($0.key) } }
    }

    /// All gates, in no order.
    var all: [ProviderGate] {
        state.withLock { Array($0.gates.values) }
    }

    /// From now on so many nodes share the limits: gates to come know it too.
    func share(nodes: Int) {
        let gates = state.withLock { state in
            state.nodes = nodes
            return Array(state.gates.values)
        }
        for gate in gates { gate.share(nodes: nodes) }
    }

    /// Throws the kill switches of these providers and takes back all others.
    ///
    /// - Parameter version: of what the switches were read from; an older one than was set before changes nothing, so that
    ///   event loops may overtake each other.
    package func setSwitches(_ off: [ProviderSwitch], version: Int) {
        state.withLock { state in
            guard version >= state.version else { return }
            state.version = version
            state.off = Dictionary(off.map { ($0.provider, $0) }, uniquingKeysWith: { $1 })
            for (name, gate) in state.gates {
                if let off = state.off[name] { gate.switchOff(off) } else { gate.switchOn() }
            }
        }
    }
}
