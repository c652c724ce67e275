import ArgumentParser

/// `footing import ...`: providers and contracts from what people have.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Make providers and contracts from documents of others.",
        discussion: """
            Example:
              footing import pact orders-rents.json --provider rents
            """,
        subcommands: [ImportPact.self])
}
