import Access
import ArgumentParser
import Contracts
import Inventory

/// `footing secret set`: stores a value.
struct SecretSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Store a secret's value, or a new version of it.",
        discussion: """
            The value is read from standard input, or asked for without being shown; never from an argument, which other \
            users of the machine could see.

            Examples:
              footing secret set geocoder-key
              pass show vendors/geocoder | footing secret set geocoder-key
            Next: footing check
            """)

    @Argument(help: "The secret's name, as footing.yaml gives it.")
    var name: String

    @Flag(help: "Answer in JSON, for programs.")
    var json = false

    @OptionGroup var project: ProjectOptions

    func run() async throws {
        try SecretRules.check(name: name)
        let folder = try project.folder()
        let store = try LocalState(folder: folder).secrets()
        let change = try await store.set(name, try value())
        let declared = Project.load(folder: folder.path, environment: Environment.forProject).project?.secrets
        let isDeclared = declared?[SecretName(name)] != nil
        let terminal = Terminal.output
        if json {
            let answer: JSONValue = [
                "name": .string(name), "version": JSONValue(change.version), "declared": .bool(isDeclared),
            ]
            return terminal.line(answer.text)
        }
        let version = change.version == 1 ? "is set" : "has a new value, version \(change.version)"
        terminal.line("\(Shape.ok.text(on: terminal)) \(terminal.sentence("\(name) \(version)."))")
        if !isDeclared {
            Terminal.errors.line(
                "\(Shape.slow.text(on: .errors)) footing.yaml does not name it, so no provider can use it yet: add it under secrets."
            )
        }
    }

    private func value() throws -> String {
        if Prompt.isPossible {
            guard let typed = Prompt.hidden("Value of \(name), not shown: "), !typed.isEmpty else {
                throw Failure(.usage, "No value was given")
            }
            return typed
        }
        guard let text = String(validating: try Files.read("-", limit: 128 << 10), as: UTF8.self) else {
            throw Failure(
                .usage, "The value is not UTF-8 text",
                advice: "encode it first, e.g. with base64, as the provider expects it")
        }
        guard !text.isEmpty else {
            throw Failure(.usage, "No value came on standard input", advice: "footing secret set \(name) < file")
        }
        return text
    }
}
