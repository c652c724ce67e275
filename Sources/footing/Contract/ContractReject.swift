import ArgumentParser
import Contracts
import Review

/// `footing contract reject`: keeps the contract as it is.
struct ContractReject: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject",
        abstract: "Keep a contract as it is, and propose these changes no more.",
        discussion: """
            What departs from the contract is counted and treated as before; it is only not proposed again.

            Example:
              footing contract reject rents.search
            """)

    @OptionGroup var argument: ProposalArgument

    func run() throws {
        let (proposal, folder) = try argument.find()
        do {
            try folder.reject(proposal)
        } catch {
            throw ContractAccept.failure(proposal, error)
        }
        let terminal = Terminal.output
        terminal.line(
            "\(Shape.ok.text(on: terminal)) \(terminal.sentence("\(proposal.name.printable) stays as it is."))")
    }
}
