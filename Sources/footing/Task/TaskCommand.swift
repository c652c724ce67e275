import ArgumentParser

/// `footing task ...`: durable pieces of work.
struct TaskCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "task",
        abstract: "Start, follow and fetch durable work.",
        discussion: """
            A task is a recipe of the project under way. It goes on whatever happens to this terminal, and after a crash of \
            the server too.

            Example:
              footing task new commute-report office=Alexanderplatz budget=1200 max_commute=35 --watch
            Next: footing task files ID, then footing task get ID report.pdf
            """,
        subcommands: [
            TaskNew.self, TaskLs.self, TaskShow.self, TaskWatch.self, TaskCancel.self, TaskFiles.self, TaskGet.self,
        ])
}
