import ArgumentParser

/// `footing contract ...`: what was agreed with providers, whether it holds, and how it changes.
struct ContractCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contract",
        abstract: "See what providers changed, change the contracts, and test them.",
        discussion: """
            Where answers depart from a contract, the server proposes the smallest change that would let them through. \
            Nothing changes before a person accepts it.

            Example:
              footing contract ls
              footing contract test --junit contract-tests.xml
            Next: footing contract show NAME
            """,
        subcommands: [
            ContractLs.self, ContractShow.self, ContractAccept.self, ContractReject.self, ContractDiff.self,
            ContractTestCommand.self, ContractRecord.self,
        ])
}
