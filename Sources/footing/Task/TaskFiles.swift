import ArgumentParser
import Contracts
import Inventory

/// `footing task files`: what a task has made.
struct TaskFiles: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "files",
        abstract: "List the files a task has made.",
        discussion: """
            Example:
              footing task files tk_01JD0Z5R8
            Next: footing task get ID NAME
            """)

    @Argument(help: "The task's id.")
    var id: String

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let answer = try await options.client().get(
            "/v1/tasks/\(PercentEncoding.encode(id))/files", subject: "task \(id)")
        let terminal = Terminal.output
        if options.json { return terminal.line(answer.pretty()) }
        let files = answer.list("files")
        guard !files.isEmpty else {
            return terminal.line(terminal.sentence("The task has made no file yet."))
        }
        terminal.line(terminal.sentence("The task has made \(Words.count(files.count, "file"))."))
        var table = Table("name", "size", "type", "sha-256")
        for file in files {
            table.add(
                file.words("name") ?? "", Words.bytes(file.int("size") ?? 0), file.words("type") ?? "",
                String((file.words("sha256") ?? "").prefix(12)))
        }
        terminal.lines(table.lines(on: terminal))
        terminal.line("Next: footing task get \(id.printable) \(files.first?.words("name") ?? "NAME")")
    }
}
