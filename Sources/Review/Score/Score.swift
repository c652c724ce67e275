package import Contracts
package import Gateway
import Inventory
package import Store

/// The readiness scorecard: eight checks, each from what happened, never self-declared.
package struct Score: Sendable {
    private let store: any CallStore & IntentStore
    private let counter: CallCounter
    private let clock: any WallClock
    private let lastProof: @Sendable () -> ProofReport?

    /// - Parameter lastProof: the report of the last whole run of contract tests.
    package init(
        store: any CallStore & IntentStore, counter: CallCounter, clock: any WallClock,
        lastProof: @escaping @Sendable () -> ProofReport? = { nil }
    ) {
        self.store = store
        self.counter = counter
        self.clock = clock
        self.lastProof = lastProof
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
            project: routes.project, week: counter.lastWeek(), drift: try await store.drift(provider: nil),
            unknownWrites: try await store.unknownIntents().count, proof: lastProof(), now: clock.now())
        return [
            keys(), longWork(evidence), answersChecked(evidence), retries(evidence), logLines(evidence),
            contractTests(evidence),
            errorsReadable(evidence), rateLimits(evidence),
        ]
    }

    /// What the checks look at.
    struct Evidence: Sendable {
        let project: Project
        let week: WeekFigures
        let drift: [DriftRecord]
        let unknownWrites: Int
        /// Of the last whole run of contract tests.
        var proof: ProofReport?
        var now: Timestamp
    }
}
