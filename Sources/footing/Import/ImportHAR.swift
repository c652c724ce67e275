import ArgumentParser
import Imports

/// `footing import har`: traffic that a browser saved becomes operations and proposed contracts.
struct ImportHAR: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "har",
        abstract: "Import traffic recorded by a browser (HAR).",
        discussion: """
            Calls to one host become operations. Contracts are guessed from what was sent and answered and wait in \
            footing/contracts/proposed/ until you accept them. No value of the recording is written, cookies and keys least \
            of all; only names and shapes.

            Example:
              footing import har session.har --provider shop --host api.shop.example
            Next: footing contract accept
            """)

    @Argument(help: "The recording's file.")
    var file: String

    @Option(help: "The host whose calls are meant.")
    var host: String?

    @OptionGroup var options: ImportOptions

    func run() throws {
        let run = try ImportRun(options, source: file)
        let document = try run.document(file)
        let api = try run.guarded { () throws(ImportError) in try HARReader.read(document, host: host) }
        try run.finish(api, present: nil)
    }
}
