import AsyncAlgorithms
import Contracts
import Hummingbird
import Review
import Store
import Tasks

/// `GET /v1/live?topics=…`: one stream a browser, first a snapshot of each topic, then changes. Needs the scope `admin`.
struct LiveRoutes {
    static let topics: Set<String> = ["overview", "calls", "tasks", "providers", "drift"]

    let recognition: CallerRecognition
    let operators: OperatorRoutes
    let drift: DriftRoutes
    let live: LiveHub
    let clock: any WallClock

    func add(to router: Router<ServerContext>) {
        router.group("v1").add(middleware: AdminOnly(recognition: recognition)).get("live") { request, _ in
            try await stream(request)
        }
    }

    private func stream(_ request: Request) async throws -> Response {
        let asked = Set((request.parameter("topics") ?? "overview").split(separator: ",").map(String.init))
        guard !asked.isEmpty, asked.isSubset(of: Self.topics) else {
            throw Problem.badRequest("topics are \(Self.topics.sorted().joined(separator: ", ")).")
        }
        let messages = live.watch()
        return EventStream.response(clock: clock) { send in
            for topic in asked.sorted() {
                let data: JSONValue = ["topic": .string(topic), "items": .array(try await snapshot(topic))]
                await send(EventStream.Event(id: nil, name: "snapshot", data: data))
            }
            for await message in messages where asked.contains(message.topic) {
                await send(EventStream.Event(id: message.number, name: message.event, data: message.data))
            }
        }
    }

    private func snapshot(_ topic: String) async throws -> [JSONValue] {
        switch topic {
        case "overview": [try await operators.overviewJSON()]
        case "calls": try await operators.store.calls(CallQuery(limit: 100)).map(CallView.row)
        case "tasks": try await operators.tasks.list(TaskQuery(limit: 50)).map(TaskView.object)
        case "drift": [try await drift.summary()]
        default: operators.overview.providers().map(\.json)
        }
    }
}
