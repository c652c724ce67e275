import ArgumentParser

/// `footing fault ...`: failures played to callers in development.
struct FaultCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fault",
        abstract: "Make a provider fail on purpose, to see the app under failure.",
        discussion: """
            A fault takes the place of the provider's answer for a share of the calls. Calls that meet one are marked in the \
            ledger. In the production environment there are none.

            Example:
              footing fault add stripe --status 503 --rate 0.2 --delay 2s
            Next: footing fault rm --all
            """,
        subcommands: [FaultAdd.self, FaultLs.self, FaultRm.self])
}
