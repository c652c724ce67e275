import ArgumentParser
import Contracts
import Inventory
import Pact

/// `footing import pact`: a provider's inventory from a Pact file.
struct ImportPact: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pact",
        abstract: "Make a provider of the inventory from a Pact file.",
        discussion: """
            Each method and path of the pact becomes an operation, its first request the declared example, and the matching \
            rules of requests and answers become contracts. A pact shows what one consumer uses, so look the file over before \
            you check it in. An inventory file that is there already is never changed.

            Examples:
              footing import pact orders-rents.json --provider rents --url https://sandbox.rents.example
              footing import pact orders-rents.json --provider rents --url http://127.0.0.1:9001 --print
            Next: footing check; footing pact verify FILE --provider NAME
            """)

    @Argument(help: ArgumentHelp("The Pact file.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The provider's name in the inventory.", valueName: "name"))
    var provider: String

    @Option(help: ArgumentHelp("The address of its sandbox, or where footing pact mock acts as it.", valueName: "url"))
    var url: String

    @Flag(help: "Print the file instead of writing it.")
    var print = false

    @OptionGroup var project: ProjectOptions

    func validate() throws {
        guard Names.isName(provider) else { throw ValidationError("--provider takes \(Names.expected).") }
    }

    func run() throws {
        let pact = try PactFile.read(path: file)
        let address: ServiceURL
        do { address = try ServiceURL(url) } catch {
            throw Failure(.usage, "--url: \(error.message)", evidence: ["Expected \(error.expected)."])
        }
        let inventory = PactInventory(pact, provider: provider, url: "\(address)")
        let text = YAMLWriter.text(inventory.document)
        let terminal = print ? Terminal.errors : Terminal.output
        if print {
            Terminal.output.write(text)
        } else {
            let shown = "footing/providers/\(provider).yaml"
            let root = try project.folder().path
            let path = root + "/" + shown
            guard !Files.exists(path), !Files.exists("\(root)/footing/providers/\(provider).yml") else {
                throw Failure(
                    .failed, "\(shown) is there already",
                    advice: "compare it with what --print shows, or take another name")
            }
            try Files.makeFolders(of: path)
            try Files.write(Array(text.utf8), to: path)
            let count = inventory.document["operations"]?.objectValue?.count ?? 0
            terminal.line("\(Shape.ok.text(on: terminal)) \(shown): \(Words.count(count, "operation"))")
        }
        terminal.lines(inventory.notes.map { "  " + $0.printable })
        if !print { terminal.line("Next: look it over, then footing check") }
    }
}
