import Contracts
import Review
import ServiceLifecycle
import Store
import Tasks

/// Publishes totals at most once a second, and tasks at most four times a second, while something changes.
struct LiveTotals: Service {
    let operators: OperatorRoutes
    let live: LiveHub
    let hub: JournalHub
    let clock: any WallClock

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await publishTotals() }
                group.addTask { try await publishTasks() }
                try await group.waitForAll()
            }
        }
    }

    private func publishTotals() async throws {
        var last: JSONValue?
        while !Task.isCancelled {
            try await clock.sleep(for: .seconds(1))
            guard live.hasWatchers, let overview = try? await operators.overviewJSON(), overview != last else { continue }
            last = overview
            live.publish(topic: "overview", event: "overview", overview)
            for provider in overview["providers"]?.arrayValue ?? [] {
                live.publish(topic: "providers", event: "provider", provider)
            }
        }
    }

    private func publishTasks() async throws {
        for await first in hub.changes() {
            guard live.hasWatchers else { continue }
            try await clock.sleep(for: .milliseconds(250))
            if let task = try? await operators.tasks.task(first) {
                live.publish(topic: "tasks", event: "task", TaskView.object(task))
            }
        }
    }
}
