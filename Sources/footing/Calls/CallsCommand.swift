import ArgumentParser

/// `footing calls ...`: writes whose outcome nobody knows.
struct CallsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calls",
        abstract: "Find and settle writes whose outcome nobody knows.",
        discussion: """
            A write is written down before it is sent. If its answer never came, because the connection broke or the \
            server died, nobody knows whether it happened: it is not repeated, and waits here for a person.

            Example:
              footing calls unknown
            Next: look it up at the provider, then footing calls settle CALL --happened
            """,
        subcommands: [CallsUnknown.self, CallsSettle.self])
}
