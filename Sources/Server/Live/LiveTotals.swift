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
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await publishTotals() }
                group.addTask { await publishTasks() }
            }
        }
    }

    private func publishTotals() async {
        var last: JSONValue?
        while (try? await clock.sleep(for: .seconds(1))) != nil {
            guard live.hasWatchers, let overview = try? await operators.overviewJSON(), overview != last else {
                continue
            }
            last = overview
            live.publish(topic: "overview", event: "overview", overview)
            for provider in overview["providers"]?.arrayValue ?? [] {
                live.publish(topic: "providers", event: "provider", provider)
            }
        }
    }

    private func publishTasks() async {
        for await first in hub.changes() {
            guard live.hasWatchers, (try? await clock.sleep(for: .milliseconds(250))) != nil else { continue }
            if let task = try? await operators.tasks.task(first) {
                live.publish(topic: "tasks", event: "task", TaskView.object(task))
            }
        }
    }
}
