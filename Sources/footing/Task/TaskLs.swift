import ArgumentParser
import Contracts
import Store

/// `footing task ls`: the newest tasks.
struct TaskLs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "List tasks, newest first.",
        discussion: """
            Example:
              footing task ls --state failed
            Next: footing task show ID
            """)

    @Option(help: "Only tasks that are queued, running, waiting, done, failed or cancelled.")
    var state: String?

    @Option(help: "Only tasks of this recipe.")
    var recipe: String?

    @Option(help: "How many at most (200).")
    var limit = 20

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let answer = try await options.client().get(
            "/v1/tasks", [("state", state), ("recipe", recipe), ("limit", String(limit))], subject: "the list of tasks")
        let terminal = Terminal.output
        if options.json { return terminal.line(answer.pretty()) }
        let tasks = answer.list("tasks")
        guard !tasks.isEmpty else {
            terminal.line(terminal.sentence("There is no such task yet."))
            terminal.line("Start one: footing task new RECIPE key=value --watch")
            return
        }
        terminal.line(terminal.sentence(Self.sentence(tasks)))
        let now = SystemClock().now()
        for task in tasks {
            let state = task.words("state") ?? ""
            let age = task.moment("created").map { Words.age(of: $0, at: now) } ?? ""
            let id = task.words("id") ?? ""
            let room = terminal.width - Shape.width(on: terminal) - id.count - 9 - 11 - 4
            let title = (task.words("title") ?? "").padded(max(12, room))
            terminal.line(
                "\(Self.shape(state).text(on: terminal)) \(id) \(state.padded(9)) \(title) \(terminal.note(age.flushRight(11)))"
            )
        }
        terminal.line("Next: footing task show \(tasks.first?.words("id") ?? "ID")")
    }

    static func shape(_ state: String) -> Shape {
        switch state {
        case "done": .ok
        case "failed": .fail
        case "running": .run
        case "waiting": .held
        default: .none
        }
    }

    private static func sentence(_ tasks: [JSONValue]) -> String {
        let failed = tasks.count { $0.words("state") == "failed" }
        let open = tasks.count { ["queued", "running", "waiting"].contains($0.words("state") ?? "") }
        let parts = [
            Words.count(tasks.count, "task"), open > 0 ? "\(open) under way" : "none under way",
            failed > 0 ? "\(failed) failed" : "none failed",
        ]
        return parts.joined(separator: ", ") + "."
    }
}
