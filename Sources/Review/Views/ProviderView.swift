package import Access
package import Contracts
package import Gateway
package import Inventory
package import Store

/// The one page per provider: state, auth, limits, operations, error map, drift.
package struct ProviderView: Sendable {
    private let store: any CallStore
    private let secrets: any SecretStore
    private let counter: CallCounter
    private let switches: any ProviderSwitches
    private let clock: any WallClock

    package init(
        store: any CallStore, secrets: any SecretStore, counter: CallCounter, switches: any ProviderSwitches,
        clock: any WallClock
    ) {
        self.store = store
        self.secrets = secrets
        self.counter = counter
        self.switches = switches
        self.clock = clock
    }

    package func json(_ route: ProviderRoute, in environment: EnvironmentName) async throws -> JSONValue {
        let provider = route.provider
        let figures = counter.lastHour()
        let health = ProviderHealth(
            route, figures: figures, off: switches.disabled(provider.name), uptime: clock.uptime())
        var object = health.json.objectValue ?? [:]
        object["auth"] = await auth(provider, environment)
        object["limits"] = Self.limits(provider.limits)
        object["operations"] = .array(
            provider.operations.map { operation in
                let statistics = figures.hour(provider.name, operation.name)
                return [
                    "name": .string(operation.name), "method": .string(operation.method),
                    "path": .string(operation.path.text),
                    "risk": .string(operation.risk.rawValue), "latency": .string(operation.latency.rawValue),
                    "about": .string(operation.about ?? ""), "calls_hour": JSONValue(statistics.count),
                    "failed_hour": JSONValue(statistics.failed),
                    "p95_ms": ProviderHealth.number(statistics.percentile(0.95)),
                    "contract": .bool(operation.response != nil),
                ]
            })
        object["errors"] = .array(
            provider.errors.map {
                [
                    "status": $0.status.map { JSONValue($0) } ?? .null,
                    "vendor_code": $0.code.map { .string($0) } ?? .null,
                    "code": .string($0.problemCode), "text": .string($0.text), "caller": .bool($0.isCaller),
                ]
            })
        object["drift"] = .array(try await store.drift(provider: provider.name).map(DriftView.finding))
        object["status_page"] = provider.links.statusPage.map { .string($0) } ?? .null
        object["runbook"] = provider.links.runbook.map { .string($0) } ?? .null
        return .object(object)
    }

    /// Names of all secrets that a call needs, and of those among them that have no value.
    private func auth(_ provider: Provider, _ environment: EnvironmentName) async -> JSONValue {
        let names = provider.secrets(in: environment).map(\.rawValue)
        var missing: [String] = []
        for name in names where (try? await secrets.value(of: name)) == nil { missing.append(name) }
        func list(_ names: [String]) -> JSONValue { .array(names.map { .string($0) }) }
        return [
            "kind": .string(provider.auth.kind), "secret": (missing.first ?? names.first).map { .string($0) } ?? .null,
            "secret_set": .bool(missing.isEmpty), "secrets": list(names), "missing": list(missing),
        ]
    }

    private static func limits(_ limits: Limits?) -> JSONValue {
        guard let limits else { return [:] }
        var object = JSONObject()
        if let rate = limits.rate {
            object["rate"] = .string("\(rate.count) \(Words.per(rate.per))")
        }
        if let burst = limits.burst { object["burst"] = JSONValue(burst) }
        if let concurrency = limits.concurrency { object["concurrency"] = JSONValue(concurrency) }
        return .object(object)
    }
}
