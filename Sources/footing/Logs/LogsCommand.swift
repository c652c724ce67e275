import ArgumentParser
import Contracts
import Inventory
import Store

/// `footing logs`: the ledger of calls.
struct LogsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs",
        abstract: "Show calls: what was asked, who failed, what was waited.",
        discussion: """
            Every call is one line, the newest last. Name one to see all of it: tries, what the user read, what to do.

            Examples:
              footing logs --outcome failed
              footing logs --provider rents --follow
              footing logs c_01JD0Z5R8
            With --json every call is one line of JSON.
            """)

    @Argument(help: "One call's id, to see all of it.")
    var call: String?

    @Flag(name: [.short, .long], help: "Go on as calls happen.")
    var follow = false

    @Option(help: "Only calls that were answered, retried or failed.")
    var outcome: String?

    @Option(help: "Only calls to this provider.")
    var provider: String?

    @Option(help: "Only calls of this operation.")
    var operation: String?

    @Option(help: "Only calls of this task.")
    var task: String?

    @Option(help: "How many at most (500).")
    var limit = 40

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let client = try options.client()
        if let call {
            let detail = try await client.get("/v1/calls/\(PercentEncoding.encode(call))", subject: "call \(call)")
            let terminal = Terminal.output
            return options.json
                ? terminal.line(detail.pretty()) : terminal.lines(CallDetail(terminal: terminal).lines(detail))
        }
        let rows = CallLine(terminal: .output)
        var seen: Set<String> = []
        let first = try await page(client, limit: limit)
        if first.isEmpty, !options.json, !follow {
            Terminal.output.line(Terminal.output.sentence("No such call was made yet."))
            return Terminal.output.line("Make one: footing call --help")
        }
        print(first, rows, &seen)
        guard follow else { return }
        let clock = SystemClock()
        while true {
            try await clock.sleep(for: .seconds(1))
            print(try await page(client, limit: 100), rows, &seen)
        }
    }

    private func page(_ client: FootingClient, limit: Int) async throws -> [JSONValue] {
        let query = [
            ("outcome", outcome), ("provider", provider), ("operation", operation), ("task", task),
            ("limit", String(limit)),
        ]
        return try await client.get("/v1/calls", query, subject: "the list of calls").list("calls")
    }

    /// Newest last; each once.
    private func print(_ calls: [JSONValue], _ rows: CallLine, _ seen: inout Set<String>) {
        let isFirst = seen.isEmpty
        for call in calls.reversed() {
            guard let id = call.words("id"), seen.insert(id).inserted else { continue }
            Terminal.output.line(options.json ? call.text : rows.text(call))
        }
        if isFirst, !options.json, !follow, let last = calls.first?.words("id") {
            Terminal.output.line("Next: footing logs \(last)")
        }
    }
}
