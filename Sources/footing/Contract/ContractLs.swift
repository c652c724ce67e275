import ArgumentParser
import Contracts
import Review

/// `footing contract ls`: the proposals.
struct ContractLs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "List the contract changes that are proposed.",
        discussion: """
            They are the files below footing/contracts/proposed/, so no server is needed.

            Example:
              footing contract ls
            Next: footing contract show NAME
            """)

    @OptionGroup var project: ProjectOptions

    @Flag(help: "Answer in JSON, for programs.")
    var json = false

    func run() throws {
        let proposals = ProposalFolder(project: try project.folder().path).all().filter { !$0.changes.isEmpty }
        let terminal = Terminal.output
        json
            ? terminal.line(JSONValue.object(["proposals": .array(proposals.map(\.json))]).pretty())
            : terminal.lines(Self.lines(proposals, on: terminal))
    }

    static func lines(_ proposals: [ContractProposal], on terminal: Terminal) -> [String] {
        guard !proposals.isEmpty else {
            return [
                terminal.sentence("No contract change is proposed."),
                "Answers were as agreed, or nothing was called yet.",
            ]
        }
        var table = Table("proposal", "seen", "changes", "contract")
        for proposal in proposals {
            let ready = proposal.changes.count { $0.does != nil }
            let left = proposal.changes.count - ready
            let words = [ready > 0 ? "\(ready) to accept" : "", left > 0 ? "\(left) for you to decide" : ""]
            table.add(
                proposal.name, "\(proposal.changes.map(\.count).max() ?? 0)x",
                words.filter { !$0.isEmpty }.joined(separator: ", "), proposal.contract ?? proposal.place)
        }
        return [terminal.sentence("\(Words.count(proposals.count, "contract")) would change.")]
            + table.lines(on: terminal) + ["Next: footing contract show \(proposals[0].name.printable)"]
    }
}
