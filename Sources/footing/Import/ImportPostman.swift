import ArgumentParser
import Imports

/// `footing import postman`: a collection becomes operations, its saved examples proposed contracts.
struct ImportPostman: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "postman",
        abstract: "Import a Postman collection (v2.1).",
        discussion: """
            Each request becomes an operation. Contracts are guessed from bodies and saved examples and wait in \
            footing/contracts/proposed/ until you accept them. Keys and tokens of the collection are not taken over.

            Example:
              footing import postman shop.postman_collection.json --provider shop --production https://api.shop.example
            Next: footing contract accept
            """)

    @Argument(help: "The collection's file.")
    var file: String

    @OptionGroup var options: ImportOptions

    func run() throws {
        let run = try ImportRun(options, source: file)
        let document = try run.document(file)
        let api = try run.guarded { () throws(ImportError) in try PostmanReader.read(document) }
        try run.finish(api, present: nil)
    }
}
