import ArgumentParser
import Contracts
import Inventory

/// `footing task cancel`: asks a task to end.
struct TaskCancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Cancel a task.",
        discussion: """
            The step under way is stopped, finished steps and files stay. A task that has ended stays as it ended.

            Example:
              footing task cancel tk_01JD0Z5R8
            """)

    @Argument(help: "The task's id.")
    var id: String

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let (_, task) = try await options.client().post(
            "/v1/tasks/\(PercentEncoding.encode(id))/cancel", [:], subject: "task \(id)")
        let terminal = Terminal.output
        if options.json { return terminal.line(task.pretty()) }
        let state = task.words("state") ?? ""
        let words =
            switch state {
            case "cancelled": "is cancelled"
            case "done", "failed": "had ended already: \(state)"
            default: "is asked to stop"
            }
        terminal.line(terminal.sentence("Task \(id.printable) \(words)."))
        terminal.line("Next: footing task show \(id.printable)")
    }
}
