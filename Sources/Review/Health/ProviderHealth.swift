package import Contracts
package import Gateway
package import Inventory
package import Store

/// How a provider does, computed from real calls.
package struct ProviderHealth: Sendable {
    package enum State: String, Sendable {
        case working, slow, failing, held, off, unseen
    }

    package let provider: Provider
    package let origin: ServiceURL?
    package let statistics: CallStatistics
    package let breaker: Breaker.Position
    /// The person's word that switched it off.
    package let off: ProviderSwitch?
    package let state: State

    /// Fast operations promise an answer within this time, milliseconds.
    private static let fastPromise = 5000.0

    package init(_ route: ProviderRoute, figures: HourFigures, off: ProviderSwitch?, uptime: Duration) {
        provider = route.provider
        origin = route.endpoint?.url
        self.off = off
        let name = route.provider.name
        statistics = figures.hour(name)
        breaker = route.gate.breakerPosition(at: uptime)
        let recent = figures.recent(name)
        let slow = Set(route.provider.operations.filter { $0.latency == .slow }.map(\.name))
        let fast = figures.recent(name) { !slow.contains($0) }
        if off != nil {
            state = .off
        } else if statistics.count == 0 {
            state = .unseen
        } else if breaker != .closed || (recent.failedByProvider >= 2 && recent.failedByProvider * 5 >= recent.count) {
            state = .failing
        } else if route.gate.pause(at: uptime) > .zero {
            state = .held
        } else if let p95 = fast.percentile(0.95), p95 > Self.fastPromise, fast.count >= 5 {
            state = .slow
        } else {
            state = .working
        }
    }

    /// What a person reads first about this provider.
    package var sentence: String {
        switch state {
        case .unseen: "No call in the last hour."
        case .failing:
            breaker == .closed
                ? "\(statistics.failedByProvider) of \(Words.plural(statistics.count, "call")) failed in the last hour."
                : "Switched off for a moment after repeated failures; Footing tries again by itself."
        case .off: "Switched off by \(off?.by ?? "an operator"): \(off?.reason ?? "")"
        case .held: "Asked us to wait; calls are held back."
        case .slow: "95 in 100 calls need up to \(Words.duration(statistics.percentile(0.95) ?? 0))."
        case .working: "95 in 100 calls under \(Words.duration(statistics.percentile(0.95) ?? 0))."
        }
    }

    package var json: JSONValue {
        [
            "name": .string(provider.name), "title": .string(provider.title), "about": .string(provider.about ?? ""),
            "state": .string(state.rawValue), "sentence": .string(sentence),
            "operations": JSONValue(provider.operations.count),
            "calls_hour": JSONValue(statistics.count), "failed_hour": JSONValue(statistics.failed),
            "retried_hour": JSONValue(statistics.retried), "p50_ms": Self.number(statistics.percentile(0.5)),
            "p95_ms": Self.number(statistics.percentile(0.95)),
            "last_call": statistics.last.map { .string($0.description) } ?? .null, "breaker": .string(breaker.rawValue),
            "off": ControlView.off(off),
            "url": origin.map { .string($0.description) } ?? .null,
            "owner": provider.owner.map {
                ["name": .string($0.name), "contact": $0.contact.map { .string($0) } ?? .null]
            } ?? .null,
        ]
    }

    static func number(_ value: Double?) -> JSONValue {
        value.map { JSONValue($0.tenths) } ?? .null
    }
}
