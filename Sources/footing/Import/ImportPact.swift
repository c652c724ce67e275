import ArgumentParser
import Imports
import Pact

/// `footing import pact`: what consumer and provider agreed on becomes operations with contracts and examples.
struct ImportPact: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pact",
        abstract: "Import a Pact file (versions 1 to 4).",
        discussion: """
            Each method and path of the pact becomes an operation, its requests the declared examples, and the matching rules \
            of requests and answers contracts. A pact shows what one consumer uses, so look the file over before you check \
            it in. It names no address: give one.

            Examples:
              footing import pact orders-rents.json --provider rents --sandbox https://sandbox.rents.example --dry-run
              footing import pact orders-rents.json --provider rents --sandbox http://127.0.0.1:9001
            Next: footing check; footing pact verify FILE --provider NAME
            """)

    @Argument(help: "The Pact file.")
    var file: String

    @OptionGroup var options: ImportOptions

    func run() throws {
        let run = try ImportRun(options, source: file)
        try run.finish(ImportedAPI(PactFile.read(path: file)), present: nil)
    }
}
