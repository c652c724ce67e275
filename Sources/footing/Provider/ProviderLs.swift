import ArgumentParser
import Contracts

/// `footing provider ls`: how every provider does.
struct ProviderLs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "List providers with their state in the last hour.",
        discussion: """
            Example:
              footing provider ls
            Next: footing provider show NAME
            """)

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let answer = try await options.client().get("/v1/providers", subject: "the list of providers")
        let terminal = Terminal.output
        options.json
            ? terminal.line(answer.pretty()) : terminal.lines(Self.lines(answer.list("providers"), on: terminal))
    }

    static func lines(_ providers: [JSONValue], on terminal: Terminal) -> [String] {
        guard !providers.isEmpty else {
            return [
                terminal.sentence("The inventory has no provider yet."), "Add one: footing/providers/NAME.yaml",
            ]
        }
        let troubled = providers.count { ["failing", "slow", "held", "off"].contains($0.words("state") ?? "") }
        let sentence =
            "\(Words.count(providers.count, "provider")), \(troubled == 0 ? "none" : Words.number(troubled)) in trouble."
        let width = providers.map { ($0.words("name") ?? "").count }.max() ?? 0
        return [terminal.sentence(sentence)]
            + providers.map { provider in
                let state = provider.words("state") ?? ""
                let calls = Words.count(provider.int("calls_hour") ?? 0, "call").flushRight(12)
                let start = "\(shape(state).text(on: terminal)) \((provider.words("name") ?? "").padded(width))"
                return "\(start)  \(state.padded(7)) \(calls)  \(terminal.note(provider.words("sentence") ?? ""))"
            }
    }

    static func shape(_ state: String) -> Shape {
        switch state {
        case "working": .ok
        case "slow": .slow
        case "failing": .fail
        case "held": .held
        case "off": .person
        default: .none
        }
    }
}
