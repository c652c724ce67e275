import ArgumentParser

/// `footing contract ...`: what was agreed with providers, and whether it holds.
struct ContractCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contract",
        abstract: "Test the contracts with providers, and record examples for the tests.",
        discussion: """
            Example:
              footing contract test --junit contract-tests.xml
            """,
        subcommands: [ContractTestCommand.self, ContractRecord.self])
}
