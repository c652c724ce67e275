import ArgumentParser
import Contracts

/// `footing score`: the readiness scorecard.
struct ScoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Show what is proven and what is missing, of eight checks.",
        discussion: """
            Every check is computed from what happened, never declared. What was not seen yet is said to be not measured.

            Examples:
              footing score
              footing score --at-least 5      a gate for CI: exit code 1 if fewer are proven
            """)

    @Option(help: ArgumentHelp("Fail unless so many checks are proven.", valueName: "n"))
    var atLeast: Int?

    @OptionGroup var options: ClientOptions

    func validate() throws {
        if let atLeast, !(0...8).contains(atLeast) { throw ValidationError("--at-least takes a number from 0 to 8.") }
    }

    func run() async throws {
        let score = try await options.client().get("/v1/score", subject: "the score")
        let terminal = Terminal.output
        options.json ? terminal.line(score.pretty()) : terminal.lines(ScoreCard(terminal: terminal).lines(score))
        let proven = score.int("proven") ?? 0
        guard let atLeast, proven < atLeast else { return }
        if !options.json { terminal.line(terminal.paint("\(proven) proven, at least \(atLeast) wanted.", .fail)) }
        throw Failure.said(.failed)
    }
}
