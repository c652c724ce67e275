import Access
import ArgumentParser
import Contracts
import Store

/// `footing token ls`: who may call.
struct TokenLs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "List tokens.",
        discussion: """
            Tokens of browser sessions are left out unless --all is given.

            Example:
              footing token ls
            Next: footing token revoke ID
            """)

    @Flag(help: "Revoked, expired and session tokens too.")
    var all = false

    @Flag(help: "Answer in JSON, for programs.")
    var json = false

    @OptionGroup var project: ProjectOptions

    func run() async throws {
        let state = LocalState(folder: try project.folder())
        let now = state.clock.now()
        let tokens = try await (try await state.tokens()).list().filter { all || Self.isWorthALine($0, now) }
        let terminal = Terminal.output
        if json {
            let answer: JSONValue = ["tokens": .array(tokens.map { Self.json($0, now) })]
            return terminal.line(answer.pretty())
        }
        terminal.line(
            terminal.sentence(tokens.isEmpty ? "There is no token yet." : "\(Words.count(tokens.count, "token"))."))
        guard !tokens.isEmpty else { return terminal.line("Make one: footing token new --help") }
        var table = Table("id", "name", "state", "made", "scopes")
        for token in tokens {
            table.add(
                token.id, token.name, Self.state(token, now), Words.age(of: token.created, at: now),
                token.scopes.joined(separator: " "))
        }
        terminal.lines(table.lines(on: terminal))
    }

    private static func isWorthALine(_ token: TokenRecord, _ now: Timestamp) -> Bool {
        state(token, now) == "good" && !["browser session", "console"].contains(token.name)
    }

    private static func state(_ token: TokenRecord, _ now: Timestamp) -> String {
        if token.revoked != nil { return "revoked" }
        if let expires = token.expires, expires <= now { return "expired" }
        return "good"
    }

    private static func json(_ token: TokenRecord, _ now: Timestamp) -> JSONValue {
        [
            "id": .string(token.id), "name": .string(token.name), "state": .string(state(token, now)),
            "scopes": JSONValue(token.scopes), "tenant": .string(token.tenant),
            "created": .string(token.created.description),
            "expires": JSONValue(token.expires?.description), "revoked": JSONValue(token.revoked?.description),
        ]
    }
}
