import ArgumentParser
import Contracts
import Inventory
import Pact
import Store

/// `footing pact mock`: acts as the provider of a pact.
struct PactMockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mock",
        abstract: "Act as the provider of a pact.",
        discussion: """
            Requests that fit an interaction get its answer. Any other gets 500 with the nearest interaction and every \
            difference, which are told here too. Ctrl-C (or SIGTERM) ends it with a report: the exit code is 0 when every \
            interaction was asked for and nothing else was.

            Examples:
              footing pact mock orders-rents.json --listen 127.0.0.1:9001
              footing pact mock orders-rents.json --junit consumer.xml
            """)

    @Argument(help: ArgumentHelp("The Pact file.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("Where to listen. (default: any free port of this machine)", valueName: "host:port"))
    var listen: ListenOption?

    @OptionGroup var report: ProofOptions

    func run() async throws {
        let pact = try PactFile.read(path: file)
        let clock = SystemClock()
        let started = clock.now().description
        let server = PactMockServer(PactMock(pact), clock: clock)
        try await server.run(listen?.address ?? ListenAddress(host: "127.0.0.1", port: 0))
        try report.tell(ProofReport(title: "pact mock", started: started, cases: server.cases))
    }
}
