import ArgumentParser
import Imports

/// `footing import openapi`: a provider's description becomes operations with contracts.
struct ImportOpenAPI: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openapi",
        abstract: "Import an OpenAPI 3.0 or 3.1 description (JSON or YAML).",
        discussion: """
            Writes footing/providers/NAME.yaml and contracts below footing/contracts/NAME/. Import again when the provider \
            publishes a new description: what you changed by hand stays, what changed there is shown. Either everything is \
            written or nothing. Nothing is fetched; files that the document refers to lie below its folder.

            Examples:
              footing import openapi stripe.json --provider stripe --path '/v1/refunds*' --dry-run
              footing import openapi github.yaml --provider github --tag issues
            Next: footing secret set stripe-key
            """)

    /// More operations than this at once are only taken when asked for.
    static let mostUnasked = 50

    @Argument(help: "The description's file.")
    var file: String

    @Option(name: .customLong("operation"), help: ArgumentHelp("Only this operation (operationId).", valueName: "id"))
    var operations: [String] = []

    @Option(name: .customLong("tag"), help: ArgumentHelp("Only operations with this tag.", valueName: "tag"))
    var tags: [String] = []

    @Option(
        name: .customLong("path"),
        help: ArgumentHelp("Only this path, or all that begin like it with * at the end.", valueName: "path"))
    var paths: [String] = []

    @Flag(help: "All operations, however many.")
    var all = false

    @Flag(help: "Describe objects in full that come only when asked for (x-expansionResources).")
    var expand = false

    @OptionGroup var options: ImportOptions

    func run() throws {
        let run = try ImportRun(options, source: file)
        let document = try run.document(file)
        var selection = OpenAPISelection()
        selection.operations = Set(operations)
        selection.tags = Set(tags)
        selection.paths = paths
        selection.takesAll = all
        let folder = run.folder(of: file)
        let reader = try run.guarded { () throws(ImportError) in
            try OpenAPIReader(document, expands: expand) {
                path throws(ImportError) in try ImportRun.sibling(path, below: folder)
            }
        }
        if selection.isEmpty { try choose(&selection, reader, run) }
        let api = try run.guarded { () throws(ImportError) in try reader.read(selection) }
        try run.finish(api, present: reader.origins)
    }

    /// Without a word about which: what was imported before, else everything if it is not much.
    private func choose(_ selection: inout OpenAPISelection, _ reader: OpenAPIReader, _ run: ImportRun) throws {
        let everything = reader.origins
        let known = try run.importedOrigins().intersection(everything)
        if !known.isEmpty {
            selection.operations = known
        } else if everything.count <= Self.mostUnasked {
            selection.takesAll = true
        } else {
            let tags = reader.tags.prefix(10).map { "\($0.name) (\($0.count))" }
            throw Failure(
                .usage, "\(file) describes \(Words.count(everything.count, "operation"))",
                evidence: tags.isEmpty ? [] : ["Its largest tags: \(tags.joined(separator: ", "))."],
                advice: "say which with --operation, --tag or --path, or take them with --all")
        }
    }
}
