import ArgumentParser
import Contracts
import Inventory

/// `footing calls settle`: says whether a write happened.
struct CallsSettle: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settle",
        abstract: "Say whether a write of unknown outcome happened.",
        discussion: """
            Look the write up at the provider first. One that happened is never sent again: whoever asks with its key is \
            told that it is done. One that did not happen may be tried again with the same key.

            Examples:
              footing calls settle c_01JD0Z5R8 --happened --status 201
              footing calls settle c_01JD0Z5R8 --did-not-happen
            """)

    @Argument(help: "The call's id, as footing calls unknown gives it.")
    var call: String

    @Flag(help: "The provider has done it.")
    var happened = false

    @Flag(help: "The provider knows nothing of it.")
    var didNotHappen = false

    @Option(help: "What a caller who asks again is answered. (default: 200)")
    var status: Int?

    @OptionGroup var options: ClientOptions

    func validate() throws {
        guard happened != didNotHappen else { throw ValidationError("Give --happened or --did-not-happen.") }
        if let status {
            guard happened else { throw ValidationError("--status goes with --happened.") }
            guard (200...599).contains(status) else { throw ValidationError("--status takes 200 to 599.") }
        }
    }

    func run() async throws {
        var body: JSONObject = ["happened": .bool(happened)]
        if let status { body["status"] = JSONValue(status) }
        let (_, write) = try await options.client().post(
            "/v1/calls/\(PercentEncoding.encode(call))/settle", .object(body), subject: "call \(call)")
        let terminal = Terminal.output
        if options.json { return terminal.line(write.pretty()) }
        let name = "\(write.words("provider") ?? "").\(write.words("operation") ?? "")"
        let words =
            happened
            ? "happened: it is never sent again" : "did not happen: it may be tried again with the same key"
        terminal.line("\(Shape.ok.text(on: terminal)) \(terminal.sentence("\(name) of \(call.printable) \(words)."))")
    }
}
