import ArgumentParser
import Contracts
import Imports
import Inventory

/// `footing import calls`: proposes contracts of an operation from the calls the server made.
struct ImportCalls: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calls",
        abstract: "Propose an operation's contracts from calls of the ledger.",
        discussion: """
            Reads answered calls of the running server and guesses what requests and answers look like. The proposals wait in \
            footing/contracts/proposed/ until you accept them. Bodies over 8 KB are not kept by the ledger and are no samples.

            Example:
              footing import calls --provider rents --operation get
            Next: footing contract accept
            """)

    /// Calls that the server gives at once.
    private static let most = 500

    @Option(help: "The provider.")
    var provider: String

    @Option(help: "The operation.")
    var operation: String

    @Option(help: "How many calls are looked at, the newest first, at most 500.")
    var limit = 200

    @Flag(help: "Show what would change and write nothing.")
    var dryRun = false

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let folder = try options.project.folder()
        guard try folder.load().provider(named: provider)?.operation(named: operation) != nil else {
            throw Failure(
                .notFound, "There is no operation \(provider).\(operation)",
                advice: "take a name from footing/providers/")
        }
        let client = try options.client()
        var calls = RecordedCalls()
        let query = "provider=\(PercentEncoding.encode(provider))&operation=\(PercentEncoding.encode(operation))"
        let page = try await client.get(
            "/v1/calls?\(query)&limit=\(min(max(limit, 1), Self.most))", subject: "the list of calls")
        for row in page.list("calls") {
            guard row.words("outcome") != "failed", let id = row.words("id") else { continue }
            calls.add(try await client.get("/v1/calls/\(PercentEncoding.encode(id))", subject: "call \(id)"))
        }
        let proposals = calls.proposals(provider: provider, operation: operation)
        guard !proposals.isEmpty else {
            throw Failure(
                .failed, "No call of \(provider).\(operation) was kept with a body in JSON",
                advice: "make some: footing call \(provider).\(operation)")
        }
        var changes: [FileChange] = []
        for (path, schema) in proposals.sorted(by: { $0.key < $1.key }) {
            let old = try ImportRun.content(path, below: folder)
            let new = Array((schema.pretty() + "\n").utf8)
            if old != new { changes.append(FileChange(path: path, old: old, new: new)) }
        }
        if !dryRun { try FileBatch(folder: folder.path + "/footing").write(changes) }
        report(changes, calls)
    }

    private func report(_ changes: [FileChange], _ calls: RecordedCalls) {
        let terminal = Terminal.output
        if options.json {
            let answer: JSONValue = [
                "requests": JSONValue(calls.requests), "answers": JSONValue(calls.answers),
                "files": JSONValue(changes.map { "footing/\($0.path)" }), "written": .bool(!dryRun),
            ]
            return terminal.line(answer.pretty())
        }
        let samples = "\(Words.count(calls.answers, "answer")) and \(Words.count(calls.requests, "request"))"
        terminal.line("\(Shape.ok.text(on: terminal)) \(terminal.sentence("\(samples) were looked at."))")
        for change in changes { terminal.line("  \(change.old == nil ? "+" : "~") footing/\(change.path)") }
        if changes.isEmpty { terminal.line("  The proposals are there already.") }
        terminal.line("Next: look through the proposals, then footing contract accept")
    }
}
