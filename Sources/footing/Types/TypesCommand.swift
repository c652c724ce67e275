import ArgumentParser
import Contracts
import Inventory

/// `footing types`: types and a small client for the front end.
struct TypesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "types",
        abstract: "Write types and a typed client from the inventory.",
        discussion: """
            One file without dependencies: an operation is a method, its answer the model's type (the contract's where there \
            is no model), a recipe a task to submit and follow. The same inventory always gives the same text, so the file \
            may be checked in; --check says in CI whether it is still right.

            Examples:
              footing types --lang ts --out app/src/footing.ts
              footing types --lang ts --out app/src/footing.ts --check
              footing types --lang swift --provider rents
            Next: footing contract test
            """)

    @Option(help: ArgumentHelp("The language: ts or swift.", valueName: "language"))
    var lang: ClientLanguage

    @Option(help: ArgumentHelp("Only this provider's operations, and no tasks; may be repeated.", valueName: "name"))
    var provider: [String] = []

    @Option(help: ArgumentHelp("The file to write. (default: standard output)", valueName: "file"))
    var out: String?

    @Flag(help: "Write nothing; fail when the file is not what would be written.")
    var check = false

    @OptionGroup var project: ProjectOptions

    func validate() throws {
        if check, out == nil { throw ValidationError("--check compares with the file of --out.") }
    }

    func run() async throws {
        let project = try project.folder().load()
        for name in provider { _ = try project.known(name) }
        let text: String
        do {
            text = try TypedClient(lang.language).text(of: project, providers: provider.isEmpty ? nil : Set(provider))
        } catch {
            throw Failure(
                .failed, "No types can be written", evidence: ["\(error)"],
                advice:
                    "simplify that contract (anyOf below allOf multiplies), or leave its provider out with --provider")
        }
        guard let out else { return Terminal.output.write(text) }
        let path = Files.absolute(out)
        let present = try? Files.read(path)
        if check {
            guard present == Array(text.utf8) else {
                throw Failure(
                    .failed, "\(out) is not what the inventory says",
                    evidence: [present == nil ? "The file is not there." : "It differs from what would be written."],
                    advice: "footing types --lang \(lang.rawValue) --out \(out)")
            }
            return Terminal.output.line("\(Shape.ok.text(on: .output)) \(out) is up to date.")
        }
        if present != Array(text.utf8) { try Files.write(Array(text.utf8), to: path) }
        Terminal.output.line("\(Shape.ok.text(on: .output)) \(out) is written.")
    }
}

/// A language on the command line.
enum ClientLanguage: String, ExpressibleByArgument, CaseIterable {
    case ts, swift

    var language: TypedClient.Language { self == .ts ? .typeScript : .swift }
}
