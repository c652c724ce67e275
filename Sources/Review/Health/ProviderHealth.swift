package import Contracts
package import Gateway
package import Inventory
package import Store

/// How a provider does, computed from real calls.
package struct ProviderHealth: Sendable {
    package enum State: String, Sendable {
        case working, slow, failing, held, unseen
    }

    package let provider: Provider
    package let origin: ServiceURL?
    package let statistics: CallStatistics
    package let breaker: Breaker.Position
    package let state: State

    /// Fast operations promise an answer within this time, milliseconds.
    private static let fastPromise = 5000.0

    /// - Parameter samples: all calls of the last hour, of any provider.
    package init(_ route: ProviderRoute, samples: [CallSample], now: Timestamp, uptime: Duration) {
        provider = route.provider
        origin = route.origin
        let name = route.provider.name
        let mine = samples.filter { $0.provider == name }
        statistics = CallStatistics(mine)
        breaker = route.gate.breakerPosition(at: uptime)
        let recent = CallStatistics(mine.filter { $0.at > now - .seconds(900) })
        let slow = Set(route.provider.operations.filter { $0.latency == .slow }.map(\.name))
        let fast = CallStatistics(mine.filter { !slow.contains($0.operation) && $0.at > now - .seconds(900) })
        if statistics.count == 0 {
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
                ? "\(statistics.failedByProvider) of \(statistics.count) calls failed in the last hour."
                : "Switched off for a moment after repeated failures; Footing tries again by itself."
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
