import ArgumentParser
import Contracts
import Inventory

/// `footing provider disable`: throws a provider's kill switch.
struct ProviderDisable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "Switch a provider off, at once and on every node.",
        discussion: """
            Calls under way end; new ones are refused with a plain sentence. The reason is for operators: it is in the \
            console and in the log, never in what a user reads.

            Example:
              footing provider disable rents --reason "wrong prices since 14:00"
            Next: footing provider enable rents
            """)

    @Argument(help: "The provider's name.")
    var name: String

    @Option(help: "Why, for whoever finds it switched off.")
    var reason: String

    @OptionGroup var options: ClientOptions

    func validate() throws {
        guard (1...500).contains(reason.count) else {
            throw ValidationError("--reason takes 1 to 500 characters.")
        }
    }

    func run() async throws {
        let (_, answer) = try await options.client().post(
            "/v1/providers/\(PercentEncoding.encode(name))/disable", ["reason": .string(reason)],
            subject: "provider \(name)")
        let terminal = Terminal.output
        if options.json { return terminal.line(answer.pretty()) }
        terminal.line(
            "\(Shape.person.text(on: terminal)) \(terminal.sentence("\(name.printable) is switched off."))")
        terminal.line("Next: footing provider enable \(name.printable)")
    }
}
