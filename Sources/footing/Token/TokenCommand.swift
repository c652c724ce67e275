import ArgumentParser

/// `footing token ...`: what callers show.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Make and revoke the tokens of callers.",
        discussion: """
            A token says what its holder may do: call:PROVIDER.OPERATION, call:PROVIDER.*, call:*, task:RECIPE, task:* or \
            admin. Browsers of the app need none: they get a session of their own.

            Example:
              footing token new --name backend --scope "call:rents.*" --ttl 90d
            Next: footing token ls
            """,
        subcommands: [TokenNew.self, TokenLs.self, TokenRevoke.self, TokenConsole.self])
}
