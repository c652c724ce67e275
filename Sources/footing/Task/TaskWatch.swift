import ArgumentParser

/// `footing task watch`: follows a task.
struct TaskWatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Follow a task to its end.",
        discussion: """
            On a terminal a block of lanes is redrawn as time goes on; in a pipe every change is a line; with --json every \
            event of the journal is one line of JSON. When the server goes away, the watch waits for it and goes on where \
            it was.

            Example:
              footing task watch tk_01JD0Z5R8 --json --after 42
            Exit code: 0 when the task is done, 1 when it failed or was cancelled.
            """)

    @Argument(help: "The task's id.")
    var id: String

    @Option(help: ArgumentHelp("Tell only what came after the event of this number.", valueName: "number"))
    var after = 0

    @OptionGroup var options: ClientOptions

    func run() async throws {
        try await Submitted.follow(id, client: options.client(), wantsJSON: options.json, after: after)
    }
}
