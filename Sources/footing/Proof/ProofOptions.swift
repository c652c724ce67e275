import ArgumentParser
import Contracts

/// How a report of proofs is given: as a table always, and as files for CI.
struct ProofOptions: ParsableArguments {
    @Flag(help: "Fail when something is unproven.")
    var strict = false

    @Option(help: ArgumentHelp("Write the report as JUnit XML.", valueName: "file"))
    var junit: String?

    @Option(
        name: .customLong("json"),
        help: ArgumentHelp("Write the report as JSON; - is standard output.", valueName: "file"))
    var jsonFile: String?

    /// Writes what is wanted, shows the table, and throws where the report is not good.
    func tell(_ report: ProofReport) throws {
        if let junit { try Files.write(Array(report.junit(strict: strict).utf8), to: junit) }
        let text = report.json.pretty()
        let table = ProofTable(report: report, strict: strict)
        if let jsonFile, jsonFile != "-" { try Files.write(Array((text + "\n").utf8), to: jsonFile) }
        if jsonFile == "-" {
            Terminal.output.line(text)
        } else {
            Terminal.output.lines(table.lines(on: .output))
        }
        if let failure = table.failure { throw failure }
    }
}
