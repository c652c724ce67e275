import ArgumentParser

/// `footing import`: operations and contracts from what people have.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Make operations and contracts of what you have: OpenAPI, Postman, Pact, recorded traffic.",
        discussion: """
            Example:
              footing import openapi stripe.yaml --provider stripe
            """,
        subcommands: [
            ImportOpenAPI.self, ImportPostman.self, ImportPact.self, ImportHAR.self, ImportCalls.self,
        ])
}
