import Contracts
import Inventory

/// Reads a task's journal from the server page by page; the place is the number of the last event read.
struct JournalReader {
    let client: FootingClient
    let task: String
    private(set) var number: Int
    private var isFinal = false

    init(client: FootingClient, task: String, after number: Int) {
        self.client = client
        self.task = task
        self.number = number
    }

    /// Whether the event that ends the task was read.
    var isAtEnd: Bool { isFinal }

    /// The next events with their numbers; waits on the server for at most `wait` seconds when there are none yet.
    mutating func next(wait: Int) async throws -> [(number: Int, event: JSONValue)] {
        let answer = try await client.get(
            "/v1/tasks/\(PercentEncoding.encode(task))/events", [("after", String(number)), ("wait", String(wait))],
            subject: "task \(task)", patience: .seconds(wait + 15))
        return answer.list("events").map { event in
            number = max(number, event.int("n") ?? number)
            let type = event["type"]?.stringValue ?? ""
            if ["task.finished", "task.failed", "task.cancelled"].contains(type) { isFinal = true }
            return (number, event)
        }
    }
}
