import ArgumentParser

/// `footing pact ...`: contracts that consumers wrote down as Pact files.
struct PactCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pact",
        abstract: "Verify a provider by a Pact file, act as its mock, compare it with the contracts.",
        discussion: """
            Pact files of the versions 1 to 4 are read.

            Examples:
              footing pact verify orders-rents.json --provider rents
              footing pact mock orders-rents.json --listen 127.0.0.1:9001
              footing pact check orders-rents.json --provider rents
            """,
        subcommands: [PactVerify.self, PactMockCommand.self, PactCheck.self])
}
