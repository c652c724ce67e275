package import Contracts
package import Gateway
import Inventory
package import Store

/// The overview: is it working, whose fault is the rest, may we launch.
package struct OverviewView: Sendable {
    private let store: any CallStore & TaskStore
    private let corridor: Corridor
    private let counter: CallCounter
    private let switches: any ProviderSwitches
    private let clock: any WallClock

    package init(
        store: any CallStore & TaskStore, corridor: Corridor, counter: CallCounter, switches: any ProviderSwitches,
        clock: any WallClock
    ) {
        self.store = store
        self.corridor = corridor
        self.counter = counter
        self.switches = switches
        self.clock = clock
    }

    /// Providers by name with their state over the last hour.
    package func providers() -> [ProviderHealth] {
        health(counter.lastHour())
    }

    /// - Parameters:
    ///   - tasks: the newest tasks as the API shows them.
    ///   - score: the score as the API shows it.
    package func json(tasks: [JSONValue], score: JSONValue) async throws -> JSONValue {
        let now = clock.now()
        let figures = counter.lastHour()
        let providers = health(figures)
        let statistics = figures.total
        let counts = try await store.taskCounts(now: now)
        let isIdle = statistics.count == 0
        let isFirstRun = isIdle ? try await !store.hasCalls() : false
        let last = isIdle ? try await store.calls(CallQuery(limit: 1)).first?.at : statistics.last
        let (state, sentence) = Self.sentence(statistics, providers, isFirstRun: isFirstRun, last: last, now: now)
        let project = corridor.routes.project
        return [
            "sentence": .string(sentence), "state": .string(state), "project": .string(project.name),
            "environment": .string(project.environment.rawValue), "first_run": .bool(isFirstRun),
            "calls": [
                "hour": JSONValue(statistics.count), "failed": JSONValue(statistics.failed),
                "retried": JSONValue(statistics.retried), "p50_ms": ProviderHealth.number(statistics.percentile(0.5)),
                "p95_ms": ProviderHealth.number(statistics.percentile(0.95)), "minutes": Self.minutes(figures, now),
            ],
            "tasks": [
                "running": JSONValue(counts.running + counts.waiting), "queued": JSONValue(counts.queued),
                "done_day": JSONValue(counts.doneLastDay), "failed_day": JSONValue(counts.failedLastDay),
                "now": .array(tasks),
            ],
            "providers": .array(providers.map(\.json)),
            "last_calls": .array(try await store.calls(CallQuery(limit: 8)).map(CallView.row)),
            "score": ["proven": score["proven"] ?? 0, "of": score["of"] ?? 8],
            "recording": recording(at: now),
        ]
    }

    /// null while no examples are recorded.
    private func recording(at now: Timestamp) -> JSONValue {
        guard let status = corridor.recorder.status(at: now) else { return .null }
        return [
            "provider": JSONValue(status.provider), "until": .string(status.until.description),
            "examples": JSONValue(status.count),
        ]
    }

    private func health(_ figures: HourFigures) -> [ProviderHealth] {
        let routes = corridor.routes
        let uptime = clock.uptime()
        return routes.providerNames.compactMap { routes.provider($0) }.map {
            ProviderHealth($0, figures: figures, off: switches.disabled($0.provider.name), uptime: uptime)
        }
    }

    private static func minutes(_ figures: HourFigures, _ now: Timestamp) -> JSONValue {
        let thisMinute = now.milliseconds / 60_000
        let before = figures.minutes.count - 1
        return .array(
            figures.minutes.enumerated().map { index, minute in
                let at = Timestamp(milliseconds: (thisMinute - Int64(before - index)) * 60_000)
                return [
                    "at": .string(at.description), "answered": JSONValue(minute.answered),
                    "retried": JSONValue(minute.retried), "failed": JSONValue(minute.failed),
                ]
            })
    }

    /// The forms of the sentence are those of the console's design: all good, one exception, several, quiet, first run.
    private static func sentence(
        _ statistics: CallStatistics, _ providers: [ProviderHealth], isFirstRun: Bool, last: Timestamp?, now: Timestamp
    ) -> (state: String, text: String) {
        if isFirstRun { return ("idle", "Footing is running. Nothing goes through it yet.") }
        guard statistics.count > 0 else {
            let hours = last.map { max(1, Int((now - $0).milliseconds / 3_600_000)) } ?? 1
            return ("idle", "Nothing has called for \(Words.plural(hours, "hour")).")
        }
        let failing = providers.filter { $0.state == .failing }.sorted { $0.statistics.failed > $1.statistics.failed }
        let lesser = providers.filter { $0.state == .slow || $0.state == .held || $0.state == .off }
        switch (failing.count, lesser.count) {
        case (0, 0):
            let calls = "\(Words.plural(statistics.count, "call")) in the last hour"
            if statistics.failed == 0 { return ("ok", "Everything works. \(calls), none failed.") }
            return ("ok", "Everything works. \(calls), \(Words.count(statistics.failed)) failed.")
        case (0, 1):
            let verb =
                switch lesser[0].state {
                case .slow: "is slow"
                case .off: "is switched off"
                default: "asked us to wait"
                }
            return ("warn", "Working, with one exception: \(lesser[0].provider.title) \(verb).")
        case (0, let count):
            return ("warn", "Working, but \(count) providers are slow, hold us back or are switched off.")
        case (1, _):
            return ("fail", "\(failing[0].provider.title) fails. Everything else works.")
        case (let count, _):
            return ("fail", "\(count) providers fail; the worst is \(failing[0].provider.title).")
        }
    }
}
