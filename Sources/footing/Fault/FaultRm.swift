import ArgumentParser
import Contracts
import Inventory

/// `footing fault rm`: ends a failure that is played.
struct FaultRm: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm",
        abstract: "End one failure, or all.",
        discussion: """
            Examples:
              footing fault rm f_01JD0Z5R8
              footing fault rm --all
            """)

    @Argument(help: "The fault's id, as footing fault ls gives it.")
    var id: String?

    @Flag(help: "End all of them.")
    var all = false

    @OptionGroup var options: ClientOptions

    func validate() throws {
        guard (id != nil) != all else { throw ValidationError("Give a fault's id, or --all.") }
    }

    func run() async throws {
        let path = id.map { "/v1/faults/\(PercentEncoding.encode($0))" } ?? "/v1/faults"
        let answer = try await options.client().delete(path, subject: id.map { "fault \($0)" } ?? "faults")
        let terminal = Terminal.output
        if options.json { return terminal.line(answer.pretty()) }
        let count = answer.int("removed") ?? 0
        let words = count == 0 ? "No fault was in force." : "\(Words.count(count, "fault")) removed."
        terminal.line("\(Shape.ok.text(on: terminal)) \(terminal.sentence(words))")
    }
}
