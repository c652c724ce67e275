import ArgumentParser
import Contracts
import Inventory

/// `footing cache purge`: forgets kept answers.
struct CachePurge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "purge",
        abstract: "Forget the kept answers of one provider, or all.",
        discussion: """
            The next callers ask the provider again. Other nodes keep what they have.

            Examples:
              footing cache purge rents
              footing cache purge --all
            """)

    @Argument(help: "The provider's name.")
    var provider: String?

    @Flag(help: "Forget the answers of all providers.")
    var all = false

    @OptionGroup var options: ClientOptions

    func validate() throws {
        guard (provider != nil) != all else { throw ValidationError("Give a provider's name, or --all.") }
    }

    func run() async throws {
        let path = provider.map { "/v1/cache/\(PercentEncoding.encode($0))" } ?? "/v1/cache"
        let subject = provider.map { "the cache of \($0)" } ?? "the cache"
        let answer = try await options.client().delete(path, subject: subject)
        let terminal = Terminal.output
        if options.json { return terminal.line(answer.pretty()) }
        let count = answer.int("removed") ?? 0
        let words = count == 0 ? "Nothing was kept." : "\(Words.count(count, "answer")) forgotten."
        terminal.line("\(Shape.ok.text(on: terminal)) \(terminal.sentence(words))")
    }
}
