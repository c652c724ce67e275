import ArgumentParser
import Contracts
import Inventory
import Store

/// `footing store check`: whether the state is whole.
struct StoreCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Look through the whole state; the server may run.",
        discussion: """
            SQLite's own integrity check and foreign keys, journals without gaps, every stored value readable, files of tasks \
            against the hashes in their journals, secrets against the master key. Nothing is changed. Exit code 1 when \
            something is wrong.

            Example:
              footing store check
            Next: footing store backup FOLDER
            """)

    @Flag(help: "Answer in JSON, for programs.")
    var json = false

    @OptionGroup var project: ProjectOptions

    func run() async throws {
        let folder = try project.folder()
        let files = try StateFiles(folder)
        try files.requireState()
        let progress = ProgressLine()
        defer { progress.end() }
        let keep = Project.load(folder: folder.path, environment: Environment.forProject).project?.keep
        let findings = try await StateExamination(
            files: files, keep: keep ?? Retention(), clock: SystemClock(), progress: progress
        ).run()
        progress.end()
        let terminal = Terminal.output
        json ? terminal.line(Self.json(findings).pretty()) : terminal.lines(Self.lines(findings, on: terminal))
        if findings.contains(where: { !$0.check.isGood }) { throw Failure.said(.failed) }
    }

    static func json(_ findings: [StateExamination.Finding]) -> JSONValue {
        [
            "ok": .bool(findings.allSatisfy(\.check.isGood)),
            "checks": .array(
                findings.map { finding in
                    [
                        "name": .string(finding.name), "count": JSONValue(finding.check.count),
                        "unit": .string(finding.unit), "ok": .bool(finding.check.isGood),
                        "faults": .array(finding.check.faults.map { .string($0) }),
                        "untold": JSONValue(finding.check.untold),
                    ]
                }),
        ]
    }

    static func lines(_ findings: [StateExamination.Finding], on terminal: Terminal) -> [String] {
        let faults = findings.reduce(0) { $0 + $1.check.faults.count + $1.check.untold }
        let head = faults == 0 ? "The state is whole." : "The state has \(Words.count(faults, "fault"))."
        let shape = faults == 0 ? Shape.ok : .fail
        let width = findings.map(\.name.count).max() ?? 0
        var lines = ["\(shape.text(on: terminal)) \(terminal.sentence(head))", ""]
        let indent = String(repeating: " ", count: Shape.width(on: terminal) + 1)
        for finding in findings {
            let shape = finding.check.isGood ? Shape.ok : .fail
            let count = Words.count(finding.check.count, finding.unit)
            lines.append(
                "\(shape.text(on: terminal)) \(finding.name.padded(width))  \(terminal.note(count))")
            for fault in finding.check.faults {
                lines += fault.printable.wrapped(terminal.width - indent.count - 2).map { indent + "  " + $0 }
            }
            if finding.check.untold > 0 { lines.append(indent + "  and \(Words.number(finding.check.untold)) more") }
        }
        lines.append("")
        return lines + [
            faults == 0 ? "Next: footing store backup FOLDER" : "Next: footing store restore BACKUP --replace"
        ]
    }
}
