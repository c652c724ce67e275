import ArgumentParser
import Contracts
import Inventory

/// `footing provider enable`: switches a provider on again.
struct ProviderEnable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable",
        abstract: "Switch a provider on again.",
        discussion: """
            Example:
              footing provider enable rents
            Next: footing logs --provider rents --follow
            """)

    @Argument(help: "The provider's name.")
    var name: String

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let (_, answer) = try await options.client().post(
            "/v1/providers/\(PercentEncoding.encode(name))/enable", [:], subject: "provider \(name)")
        let terminal = Terminal.output
        if options.json { return terminal.line(answer.pretty()) }
        let words = answer["changed"]?.boolValue == true ? "is switched on again" : "was not switched off"
        terminal.line("\(Shape.ok.text(on: terminal)) \(terminal.sentence("\(name.printable) \(words)."))")
    }
}
