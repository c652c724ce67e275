import Access
import ArgumentParser
import Contracts

/// `footing secret rm`: forgets a secret.
struct SecretRm: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm",
        abstract: "Remove a secret with all its versions.",
        discussion: """
            Calls to the providers that use it fail from then on, until it is set again.

            Example:
              footing secret rm old-key --yes
            """)

    @Argument(help: "The secret's name.")
    var name: String

    @Flag(help: "Do not ask.")
    var yes = false

    @Flag(help: "Answer in JSON, for programs.")
    var json = false

    @OptionGroup var project: ProjectOptions

    func run() async throws {
        let folder = try project.folder()
        let state = LocalState(folder: folder)
        guard try await state.secretInfos().contains(where: { $0.name == name }) else {
            throw Failure(.notFound, "There is no secret \(name)", advice: "footing secret ls")
        }
        if !yes {
            guard Prompt.isPossible else {
                throw Failure(.usage, "Nobody can be asked here", advice: "footing secret rm \(name) --yes")
            }
            guard Prompt.confirm("Remove \(name.printable) with all its versions?") else {
                throw Failure(.failed, "Nothing was removed")
            }
        }
        _ = try await state.secrets().remove(name)
        let answer: JSONValue = ["removed": .string(name)]
        Terminal.output.line(json ? answer.text : "\(Shape.ok.text(on: .output)) \(name.printable) is removed.")
    }
}
