import Access
import ArgumentParser
import Contracts

/// `footing token revoke`: ends a token.
struct TokenRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "End a token.",
        discussion: """
            A running server refuses it within five seconds.

            Example:
              footing token revoke t_01JD0Z5R8
            """)

    @Argument(help: "The token's id, as footing token ls gives it.")
    var id: String

    @Flag(help: "Answer in JSON, for programs.")
    var json = false

    @OptionGroup var project: ProjectOptions

    func run() async throws {
        let authority = try await LocalState(folder: try project.folder()).tokens()
        guard try await authority.revoke(id) else {
            throw Failure(.notFound, "There is no token \(id)", advice: "footing token ls")
        }
        let answer: JSONValue = ["revoked": .string(id)]
        Terminal.output.line(json ? answer.text : "\(Shape.ok.text(on: .output)) \(id.printable) is revoked.")
    }
}
