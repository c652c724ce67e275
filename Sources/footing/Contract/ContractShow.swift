import ArgumentParser
import Contracts
import Review

/// `footing contract show`: one proposal with its reasons and what would change.
struct ContractShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show why a contract change is proposed, and what it is.",
        discussion: """
            Examples:
              footing contract show rents.search
              footing contract show rents.create.request --json
            Next: footing contract accept NAME
            """)

    @OptionGroup var argument: ProposalArgument

    @Flag(help: "Answer in JSON, for programs.")
    var json = false

    func run() throws {
        let (proposal, folder) = try argument.find()
        let terminal = Terminal.output
        if json { return terminal.line(proposal.json.pretty()) }
        let amendment = try? folder.prepare(proposal)
        terminal.lines(Self.lines(proposal, amendment, on: terminal))
    }

    static func lines(
        _ proposal: ContractProposal, _ amendment: ProposalFolder.Amendment?, on terminal: Terminal
    ) -> [String] {
        let what = proposal.side == "answer" ? "answers of" : "requests to"
        let name = "\(proposal.provider).\(proposal.operation)".printable
        let indent = String(repeating: " ", count: Shape.width(on: terminal) + 1)
        var lines = [terminal.sentence("\(Words.count(proposal.changes.count, "departure")) in \(what) \(name).")]
        for change in proposal.changes {
            let shape: Shape = change.does == nil ? .person : change.action == "fail" ? .fail : .slow
            let place = change.drift.pointer.isEmpty ? "the payload" : change.drift.pointer
            lines.append("\(shape.text(on: terminal)) \(place.printable)")
            let times = Words.count(change.count, "time")
            let words =
                "expected \(change.drift.expected), seen \(change.drift.seen); \(times) since \(change.first)"
            lines += words.printable.wrapped(terminal.width - indent.count).map { indent + $0 }
            let next = change.does.map { "Proposed: \($0)." } ?? change.left.map { "Yours to decide: \($0)." }
            lines += (next ?? "").printable.wrapped(terminal.width - indent.count).map { indent + $0 }
        }
        if let amendment, !amendment.made.isEmpty {
            lines +=
                ["", terminal.note(amendment.file.printable)]
                + LineDiff.lines(amendment.before, amendment.after, on: terminal)
            lines.append("Next: footing contract accept \(proposal.name.printable)")
        }
        return lines
    }
}
