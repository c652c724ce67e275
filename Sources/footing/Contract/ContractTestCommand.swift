import ArgumentParser
import Contracts
import Gateway
import Inventory
import Server
import Store

/// `footing contract test`: tries every operation against what was agreed.
struct ContractTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Test every operation against its contract.",
        discussion: """
            Of each operation: the declared example and recorded ones are called and their answers checked; the edges of the \
            request contract are called too, and what lies beyond must be refused before it leaves; every line of the error \
            map and a 429 are played, and must reach the caller as the inventory says. Edges are called in the sandbox only, \
            writes and payments only with --writes, in the sandbox.

            An operation of which no answer was seen is unproven, never passed. Ends with 1 when a case failed, with \
            --strict also when one is unproven. A whole run (no --provider, no --operation) is kept for footing score.

            Calls go through the project's running server; where none runs, through the same corridor inside this command, \
            which needs no port.

            Examples:
              footing contract test
              footing contract test --strict --writes --junit contract-tests.xml
              footing contract test --provider rents --operation get
            Next: footing contract record makes examples of real calls; footing score
            """)

    @Option(help: ArgumentHelp("Only this provider.", valueName: "name"))
    var provider: String?

    @Option(help: ArgumentHelp("Only operations of this name.", valueName: "name"))
    var operation: String?

    @Option(help: ArgumentHelp("sandbox or production. (default: the project's)", valueName: "environment"))
    var env: String?

    @Flag(help: "Call writes and payments too; in the sandbox only.")
    var writes = false

    @OptionGroup var output: ProofOptions

    @Option(
        help: ArgumentHelp(
            "Test through the server at this address. (default: FOOTING_URL, else the project's own if it runs)",
            valueName: "url"))
    var url: String?

    @Option(
        help: ArgumentHelp("The token to show it. (default: FOOTING_TOKEN, else the project's own)", valueName: "token")
    )
    var token: String?

    @OptionGroup var project: ProjectOptions

    func validate() throws {
        if let env, EnvironmentName(rawValue: env) == nil {
            throw ValidationError("--env is sandbox or production.")
        }
    }

    func run() async throws {
        let folder = try project.folder()
        let loaded = try folder.load(environment: env.flatMap(EnvironmentName.init(rawValue:)))
        try checkNames(loaded)
        let routes = RouteTable.compile(loaded)
        guard !routes.findings.contains(where: { $0.severity == .error }) else {
            throw Failure(.findings, "The project's contracts have errors", advice: "footing check")
        }
        let scratch = try ScratchFolder()
        defer { scratch.remove() }
        let store = try SQLiteStore.open(path: scratch.path + "/state.db")
        let clock = SystemClock()
        let ground = ProofGround(store: store, clock: clock, ids: TimeOrderedIDs(clock: clock))
        let test = ContractTest(
            routes.table, recorded: try RecordedFolder(folder).examples(),
            calls: try await calls(folder, loaded, routes.table, ground),
            ground: ground, options: .init(provider: provider, operation: operation, writes: writes))
        let progress = ProofProgress(total: test.count)
        let report = try await test.run { progress.tell($0, $1) }
        progress.end()
        if provider == nil, operation == nil { try keep(report, folder) }
        try output.tell(report)
    }

    private func checkNames(_ project: Project) throws {
        let providers = try provider.map { [try project.known($0)] } ?? project.providers
        if let operation, !providers.contains(where: { $0.operation(named: operation) != nil }) {
            throw Failure(
                .notFound, "The inventory has no such operation \(operation)",
                evidence: ["There are: \(providers.flatMap { $0.operations.map(\.name) }.joined(separator: ", "))."])
        }
    }

    /// Through the running server if there is one for this environment, else inside this process.
    private func calls(
        _ folder: ProjectFolder, _ project: Project, _ routes: RouteTable, _ ground: ProofGround
    ) async throws -> any ProofCalls {
        let isNamed = [url, Environment.variable("FOOTING_URL")].contains { !($0 ?? "").isEmpty }
        if isNamed || Files.exists(folder.addressFile) {
            var options = try ClientOptions.parse(["--project", folder.path])
            options.url = url
            options.token = token
            let client = try options.client()
            do {
                let overview = try await client.get("/v1/overview", subject: "overview")
                if overview["environment"]?.stringValue == project.environment.rawValue {
                    return ServerProofCalls(client: client, routes: routes)
                }
                guard !isNamed else {
                    throw Failure(
                        .failed, "The server runs in another environment",
                        evidence: [
                            "It is \(overview.words("environment") ?? "unknown"), wanted is \(project.environment.rawValue)."
                        ],
                        advice: "name the environment with --env")
                }
            } catch let failure as Failure where failure.status == .unreachable && !isNamed {
                // Not running any more: what it left behind says nothing.
            }
        }
        return ground.corridor(project, secrets: try LocalState(folder: folder).secrets())
    }

    /// For the score, which speaks of whole runs.
    private func keep(_ report: ProofReport, _ folder: ProjectFolder) throws {
        try Files.makeFolder(folder.state, mode: 0o700)
        try Files.write(report.json.encoded(), to: ProofShelf.path(in: folder.state), mode: 0o600)
    }
}
