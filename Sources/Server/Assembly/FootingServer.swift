package import Access
import Contracts
import Gateway
import Hummingbird
package import Inventory
import Logging
import NIOCore
import NIOPosix
import Review
import ServiceLifecycle
package import Store
import Tasks
import UnixSignals

/// Everything a running Footing consists of, put together from a project's folder.
///
/// All long-lived parts are services of one group; stopping it lets requests in flight end, hands tasks back without burning an attempt and stores what
/// the ledger still holds.
package struct FootingServer: Sendable {
    package let project: Project
    /// Warnings of the project's files; errors would have prevented the start.
    package let findings: [Finding]
    package let address: ListenAddress
    package let tokens: TokenAuthority
    package let signIn: SignInCodes
    package let store: SQLiteStore

    private let options: ServeOptions
    private let logger: Logger
    private let client: HTTPClient
    private let live: LiveHub
    private let services: [any Service]
    private let responder: RouterResponder<ServerContext>

    /// Loads the project, opens the state and wires the parts; nothing listens yet.
    ///
    /// Throws `ProjectUnusable` with all findings, `StoreError` when the state cannot be opened, `AccessError` for the master key.
    package static func open(
        _ options: ServeOptions, logSink: @escaping @Sendable (String) -> Void = LogOutput.standardError
    ) async throws -> FootingServer {
        try await FootingServer(options, logSink: logSink)
    }

    private init(_ options: ServeOptions, logSink: @escaping @Sendable (String) -> Void) async throws {
        let clock = SystemClock()
        let ids = TimeOrderedIDs(clock: clock)
        let loaded = Project.load(folder: options.projectFolder, environment: options.environment)
        guard let project = loaded.project else { throw ProjectUnusable(findings: loaded.findings) }
        let (table, contractFindings) = RouteTable.compile(project, .firstRun)
        let renderer = Renderer(folder: project.folder, clock: clock)
        let findings = loaded.findings + contractFindings
        guard !findings.contains(where: { $0.severity == .error }) else { throw ProjectUnusable(findings: findings) }

        try PrivateFile.makeFolder(options.stateFolder)
        let store = try SQLiteStore.open(path: options.stateFolder + "/state.db")
        let key = try MasterKey.load(folder: options.stateFolder, environment: options.environment[MasterKey.variable])
        let secrets = try EmbeddedSecretStore(folder: options.stateFolder, key: key, clock: clock)
        let output = LogOutput(scrubber: { secrets.currentScrubber() }, sink: logSink)
        let logger = Logger(label: "footing") {
            JSONLineHandler(label: $0, level: options.logLevel, clock: clock, output: output)
        }
        let tokens = TokenAuthority(store: store, ids: ids, clock: clock)
        _ = try await LocalToken.load(folder: options.stateFolder, authority: tokens)

        let client = HTTPClient(group: MultiThreadedEventLoopGroup.singleton)
        let live = LiveHub()
        let ledger = Ledger(store: store, live: live, logger: logger, clock: clock)
        let corridor = Corridor(
            table: table, tokens: tokens, secrets: secrets, store: store, client: client, sink: ledger,
            clock: clock, ids: ids)
        let ground = TaskGround(
            store: store, book: RecipeBook(project: project), workspaceRoot: options.stateFolder + "/workspaces",
            clock: clock, ids: ids, logger: logger)
        let tasks = TaskService(ground: ground)
        let engine = TaskEngine(
            ground: ground, calls: CorridorCallRunner(corridor: corridor, ids: ids), renderer: renderer,
            options: EngineOptions(concurrency: options.workers, reclaimAtStart: true))

        let recognition = CallerRecognition(tokens: tokens)
        let signIn = SignInCodes(clock: clock)
        let score = Score(store: store, clock: clock)
        let operators = OperatorRoutes(
            recognition: recognition, corridor: corridor, store: store,
            overview: OverviewView(store: store, corridor: corridor, clock: clock),
            providers: ProviderView(store: store, secrets: secrets, clock: clock), score: score, tasks: tasks,
            signIn: signIn)

        let router = Router(context: ServerContext.self)
        router.add(middleware: ProblemMiddleware(ids: ids, logger: logger))
        if let folder = project.app?.folder { router.add(middleware: AppFiles(folder: folder, logger: logger)) }
        HealthRoutes().add(to: router)
        SessionRoutes(tokens: tokens, corridor: corridor, clock: clock).add(to: router)
        CallRoutes(recognition: recognition, corridor: corridor, tasks: tasks).add(to: router)
        TaskRoutes(recognition: recognition, tasks: tasks, clock: clock).add(to: router)
        FileRoutes(recognition: recognition, tasks: tasks).add(to: router)
        operators.add(to: router)
        LiveRoutes(recognition: recognition, operators: operators, live: live, clock: clock).add(to: router)
        ConsoleFiles(tokens: tokens, signIn: signIn).add(to: router)

        self.project = project
        self.findings = findings
        self.address = options.listen ?? project.listen
        self.tokens = tokens
        self.signIn = signIn
        self.store = store
        self.options = options
        self.logger = logger
        self.client = client
        self.live = live
        responder = router.buildResponder()
        services = [
            ledger, engine, RecipeCheck(project: project, renderer: renderer, logger: logger),
            Housekeeping(tokens: tokens, clock: clock, logger: logger),
            LiveTotals(operators: operators, live: live, hub: ground.hub, clock: clock),
        ]
    }

    /// The HTTP application alone; tests drive its router in process.
    func application(
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> Application<RouterResponder<ServerContext>> {
        // Hummingbird announces what the line "listening" says already.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        return Application(
            responder: responder,
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port), serverName: nil, backlog: 1024),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) }, logger: quiet)
    }

    /// Serves until SIGTERM or SIGINT, then ends in order.
    ///
    /// - Parameter onRunning: told the port once connections are accepted.
    package func run(onRunning: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
        let server = application { port in
            logger.info("listening", metadata: ["host": "\(address.host)", "port": "\(port)"])
            await onRunning(port)
        }
        let all = services + [server]
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: all.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        defer { client.shutdown() }
        try await group.run()
    }
}
