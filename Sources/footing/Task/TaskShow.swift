import ArgumentParser
import Contracts
import Inventory
import Store

/// `footing task show`: one task with its timeline, input and result.
struct TaskShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a task: timeline, input, result, what went wrong.",
        discussion: """
            Example:
              footing task show tk_01JD0Z5R8
            With --json: the task with its steps, as the API gives it.
            Next: footing task files ID
            """)

    @Argument(help: "The task's id.")
    var id: String

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let client = try options.client()
        let task = try await client.get("/v1/tasks/\(PercentEncoding.encode(id))", subject: "task \(id)")
        let terminal = Terminal.output
        if options.json { return terminal.line(task.pretty()) }
        var timeline = Timeline(task: task)
        var reader = JournalReader(client: client, task: id, after: 0)
        while reader.number < task.int("last_event") ?? 0 {
            let events = try await reader.next(wait: 0)
            guard !events.isEmpty else { break }
            for (number, event) in events { _ = timeline.apply(event, number: number) }
        }
        terminal.lines(TimelineView(terminal: terminal).block(timeline, now: SystemClock().now().milliseconds))
        let indent = String(repeating: " ", count: Shape.width(on: terminal) + 1)
        terminal.line()
        terminal.line("Input   \(Self.excerpt(task["input"], terminal))")
        if let result = task["result"], !result.isNull { terminal.line("Result  \(Self.excerpt(result, terminal))") }
        if let problem = task["problem"], !problem.isNull {
            let title = problem.words("title") ?? "The task failed"
            terminal.lines([""] + Failure.evidence(problem, title: title).map { indent + $0.printable })
        }
    }

    private static func excerpt(_ value: JSONValue?, _ terminal: Terminal) -> String {
        (value ?? .null).text.printable.shortened(terminal.isTerminal ? terminal.width - 8 : 400)
    }
}
