import ArgumentParser
import Contracts
import Store

/// `footing calls unknown`: the writes that wait for a person.
struct CallsUnknown: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unknown",
        abstract: "List writes whose outcome nobody knows.",
        discussion: """
            Example:
              footing calls unknown
            Next: footing calls settle CALL --happened, or --did-not-happen
            """)

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let answer = try await options.client().get("/v1/calls/unknown", subject: "the list of writes")
        let terminal = Terminal.output
        options.json
            ? terminal.line(answer.pretty())
            : terminal.lines(Self.lines(answer.list("calls"), at: SystemClock().now(), on: terminal))
    }

    static func lines(_ calls: [JSONValue], at now: Timestamp, on terminal: Terminal) -> [String] {
        guard let first = calls.first else {
            return ["\(Shape.ok.text(on: terminal)) \(terminal.sentence("The outcome of every write is known."))"]
        }
        let waits = calls.count == 1 ? "waits" : "wait"
        let sentence = terminal.sentence("\(Words.count(calls.count, "write")) \(waits) for a person.")
        var table = Table("call", "begun", "risk", "operation", "caller", "key at the provider")
        for call in calls {
            table.add(
                call.words("call") ?? "", call.moment("begun").map { Words.age(of: $0, at: now) } ?? "",
                call.words("risk") ?? "", "\(call.words("provider") ?? "").\(call.words("operation") ?? "")",
                call.words("caller") ?? "", call.words("provider_key") ?? "none")
        }
        return ["\(Shape.person.text(on: terminal)) \(sentence)"] + table.lines(on: terminal) + [
            "Next: look it up at \(first.words("provider") ?? "the provider"), then "
                + "footing calls settle \(first.words("call") ?? "CALL") --happened"
        ]
    }
}
