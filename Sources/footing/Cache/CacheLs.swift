import ArgumentParser
import Contracts

/// `footing cache ls`: what is kept, and what it has saved.
struct CacheLs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "Show what is kept of each provider's answers, and what that has saved.",
        discussion: """
            Counts are since the server was started.

            Example:
              footing cache ls
            Next: footing cache purge PROVIDER
            """)

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let answer = try await options.client().get("/v1/cache", subject: "the cache")
        let terminal = Terminal.output
        options.json ? terminal.line(answer.pretty()) : terminal.lines(Self.lines(answer, on: terminal))
    }

    static func lines(_ census: JSONValue, on terminal: Terminal) -> [String] {
        let providers = census.list("providers")
        guard !providers.isEmpty else {
            return [
                terminal.sentence("Nothing is kept, and nothing was asked for."),
                "Next: give a read cache rules in its provider's file",
            ]
        }
        var table = Table("provider", "kept", "size", "from the cache", "asked", "shared", "confirmed", "stale")
        for provider in providers {
            table.add(
                provider.words("name") ?? "", count(provider, "entries"), Words.bytes(provider.int("bytes") ?? 0),
                count(provider, "hits"), count(provider, "misses"), count(provider, "collapsed"),
                count(provider, "revalidated"), count(provider, "stale"))
        }
        let kept = Words.count(census.int("entries") ?? 0, "answer")
        let limit = Words.bytes(census["limits"]?.int("bytes") ?? 0)
        let sentence = "\(kept) kept, \(Words.bytes(census.int("bytes") ?? 0)) of \(limit)."
        return [terminal.sentence(sentence)] + table.lines(on: terminal)
    }

    private static func count(_ provider: JSONValue, _ key: String) -> String {
        Words.number(provider.int(key) ?? 0)
    }
}
