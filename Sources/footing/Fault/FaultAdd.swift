import ArgumentParser
import Contracts
import Store

/// `footing fault add`: begins to play a failure.
struct FaultAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Play a failure to a share of the calls.",
        discussion: """
            Examples:
              footing fault add stripe --status 503 --rate 0.2 --delay 2s
              footing fault add rents --operation search --kind drop --for 10m
            Kinds: status (an answer with that status), delay (only the wait), drop (the connection ends without an answer), \
            truncated (the answer breaks off), garbage (a 200 that keeps no contract).
            Next: footing fault ls
            """)

    @Argument(help: "The provider's name.")
    var provider: String

    @Option(help: "Only calls of this operation.")
    var operation: String?

    @Option(help: "What happens. (default: status with --status, else delay)")
    var kind: String?

    @Option(help: "Answer with this status instead of calling the provider.")
    var status: Int?

    @Option(help: "Share of the calls it hits, above 0 and at most 1.")
    var rate = 1.0

    @Option(help: ArgumentHelp("Wait first, e.g. 200ms or 2s.", valueName: "time"))
    var delay: TimeSpan?

    @Option(name: .customLong("for"), help: ArgumentHelp("End by itself after, e.g. 10m.", valueName: "time"))
    var lifetime: TimeSpan?

    @OptionGroup var options: ClientOptions

    func validate() throws {
        guard rate > 0, rate <= 1 else { throw ValidationError("--rate takes a share above 0 and at most 1.") }
        guard status != nil || delay != nil || kind != nil else {
            throw ValidationError("Say what happens: --status, --delay or --kind.")
        }
        if let kind, !FaultRule.Kind.words.contains(kind) {
            throw ValidationError("--kind is one of \(FaultRule.Kind.words.joined(separator: ", ")).")
        }
    }

    func run() async throws {
        var body: JSONObject = ["provider": .string(provider), "rate": JSONValue(rate)]
        if let operation { body["operation"] = .string(operation) }
        if let kind { body["kind"] = .string(kind) }
        if let status { body["status"] = JSONValue(status) }
        if let delay { body["delay_ms"] = JSONValue(Int(delay.duration.wholeMilliseconds)) }
        if let lifetime { body["lifetime_ms"] = JSONValue(Int(lifetime.duration.wholeMilliseconds)) }
        let (_, fault) = try await options.client().post("/v1/faults", .object(body), subject: "fault")
        let terminal = Terminal.output
        if options.json { return terminal.line(fault.pretty()) }
        let sentence = terminal.sentence("\(FaultLs.target(fault)) \(FaultLs.words(fault)).")
        terminal.line("\(Shape.slow.text(on: terminal)) \(sentence)")
        terminal.line("Next: footing fault rm \(fault.words("id") ?? "ID")")
    }
}
