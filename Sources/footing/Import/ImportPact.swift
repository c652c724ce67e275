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

            Until you name the provider's address, calls go where footing pact mock acts as it.

            Examples:
              footing import pact orders-rents.json --provider rents --url https://sandbox.rents.example
              footing import pact orders-rents.json --provider rents --print
            Next: footing check; footing pact verify FILE --provider NAME
            """)

    @Argument(help: ArgumentHelp("The Pact file.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The provider's name in the inventory.", valueName: "name"))
    var provider: String

    @Option(help: ArgumentHelp("The address of its sandbox.", valueName: "url"))
    var url: String = "http://127.0.0.1:9001"

    @Flag(help: "Print the file instead of writing it.")
    var print = false

    @OptionGroup var project: ProjectOptions

    func validate() throws {
        let isName =
            provider.utf8.first.map { $0 >= 0x61 && $0 <= 0x7A } == true
            && provider.utf8.allSatisfy { $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2D }
        guard isName else { throw ValidationError("--provider takes small letters, digits and hyphens.") }
    }

    func run() throws {
        let pact = try PactFile.read(path: file)
        let address = try ServerAddress.parse(url)
        let inventory = PactInventory(pact, provider: provider, url: "\(address)")
        let text = YAMLWriter.text(inventory.document)
        let terminal = print ? Terminal.errors : Terminal.output
        if print {
            Terminal.output.write(text)
        } else {
            let shown = "footing/providers/\(provider).yaml"
            let path = try project.folder().path + "/" + shown
            guard !Files.exists(path) else {
                throw Failure(
                    .failed, "\(shown) is there already",
                    advice: "compare it with what --print shows, or take another name")
            }
            try Files.write(Array(text.utf8), to: path)
            let count = inventory.document["operations"]?.objectValue?.count ?? 0
            terminal.line("\(Shape.ok.text(on: terminal)) \(shown): \(Words.count(count, "operation"))")
        }
        terminal.lines(inventory.notes.map { "  " + $0.printable })
        if !print { terminal.line("Next: look it over, then footing check") }
    }
}
