import ArgumentParser
import Contracts
import Review

/// `footing contract accept`: rewrites the contract as proposed.
struct ContractAccept: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Change a contract as it is proposed.",
        discussion: """
            Shows what would change and asks. The contract's file is replaced as a whole, and only the lines that must change \
            do. A running server reads it by itself. A contract that is written in the provider's file gets a file of its own.

            Examples:
              footing contract accept rents.search
              footing contract accept rents.search --yes
            """)

    @OptionGroup var argument: ProposalArgument

    @Flag(help: "Do not ask.")
    var yes = false

    @Flag(help: "Answer in JSON, for programs; needs --yes.")
    var json = false

    func validate() throws {
        guard !json || yes else { throw ValidationError("--json goes with --yes.") }
    }

    func run() throws {
        let (proposal, folder) = try argument.find()
        let amendment: ProposalFolder.Amendment
        do {
            amendment = try folder.prepare(proposal)
        } catch {
            throw Self.failure(proposal, error)
        }
        guard !amendment.made.isEmpty else {
            throw Failure(
                .failed, "Nothing of \(proposal.name) can be changed without you", evidence: amendment.left,
                advice: "edit \(amendment.file)")
        }
        let terminal = Terminal.output
        if !json {
            terminal.line(terminal.note(amendment.file.printable))
            terminal.lines(LineDiff.lines(amendment.before, amendment.after, on: terminal))
        }
        guard yes || Prompt.confirm("Change the contract?") else {
            throw Failure(.failed, "Nothing was changed", advice: "footing contract reject \(proposal.name)")
        }
        do {
            try folder.accept(amendment)
        } catch {
            throw Self.failure(proposal, error)
        }
        if json {
            let answer: JSONValue = [
                "contract": .string(amendment.file), "made": JSONValue(amendment.made),
                "left": JSONValue(amendment.left),
            ]
            return terminal.line(answer.pretty())
        }
        terminal.lines(Self.lines(amendment, on: terminal))
    }

    static func lines(_ amendment: ProposalFolder.Amendment, on terminal: Terminal) -> [String] {
        var lines = [
            "\(Shape.ok.text(on: terminal)) \(terminal.sentence("\(amendment.file.printable) is changed."))"
        ]
        if amendment.isNew {
            let key = amendment.proposal.side == "answer" ? "response" : "request.body"
            let name = amendment.file.dropFirst("footing/".count)
            lines.append(
                "  Put `\(key): \(name)` in the place of what stands at \(amendment.proposal.place.printable).")
        }
        return lines + amendment.left.map { "  Left for you: \($0.printable)" } + ["Next: footing check"]
    }

    static func failure(_ proposal: ContractProposal, _ fault: ProposalFolder.Fault) -> Failure {
        Failure(.failed, "The contract of \(proposal.name) was not changed", evidence: ["\(fault)."])
    }
}
