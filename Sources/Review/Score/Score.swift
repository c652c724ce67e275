package import Contracts
package import Gateway
import Inventory
package import Store

/// The readiness scorecard: eight checks, each from what happened, never self-declared.
package struct Score: Sendable {
    private let store: any CallStore & TaskStore
    private let clock: any WallClock
    /// Evidence older than this does not count.
    private static let window = Duration.seconds(7 * 86_400)
    private static let sampleLimit = 200_000

    package init(store: any CallStore & TaskStore, clock: any WallClock) {
        self.store = store
        self.clock = clock
    }

    package func json(_ routes: RouteTable) async throws -> JSONValue {
        let now = clock.now()
        let checks = try await checks(routes)
        let proven = checks.count { $0.verdict == .proven }
        let band = proven >= 8 ? "public beta" : proven >= 5 ? "closed pilot" : "demo"
        return [
            "proven": JSONValue(proven), "of": JSONValue(checks.count), "band": .string(band),
            "sentence": .string("\(proven) of \(checks.count) proven: good for a \(band)."),
            "checks": .array(checks.map { $0.json(at: now) }),
        ]
    }

    package func checks(_ routes: RouteTable) async throws -> [ScoreCheck] {
        let evidence = Evidence(
            project: routes.project,
            samples: try await store.samples(since: clock.now() - Self.window, limit: Self.sampleLimit),
            failures: try await store.calls(CallQuery(outcome: .failed, since: clock.now() - Self.window, limit: 500)),
            retried: try await store.calls(CallQuery(outcome: .retried, since: clock.now() - Self.window, limit: 500)),
            drift: try await store.drift(provider: nil), unknownWrites: try await store.unknownIntents())
        return [
            keys(), longWork(evidence), answersChecked(evidence), retries(evidence), logLines(evidence),
            contractTests(),
            errorsReadable(evidence), rateLimits(evidence),
        ]
    }

    /// What the checks look at.
    struct Evidence: Sendable {
        let project: Project
        let samples: [CallSample]
        let failures: [CallRecord]
        let retried: [CallRecord]
        let drift: [DriftRecord]
        let unknownWrites: [IntentRecord]
    }
}
