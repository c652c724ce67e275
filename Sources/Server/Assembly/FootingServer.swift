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
    package let store: any StateStore

    /// Says that the state folder is in use, as long as the server is there.
    private let lock: StateLock
    private let options: ServeOptions
    private let clock: any WallClock
    private let logger: Logger
    private let client: HTTPClient
    private let duties: NodeDuties
    private let drain: Drain
    private let drainRules: DrainRules
    private let listener: Listener
    private let services: [any Service]
    private let responder: RouterResponder<ServerContext>
    /// What the router knows, as method and path.
    let routes: [(method: String, path: String)]

    /// Loads the project, opens the state and wires the parts; nothing listens yet.
    ///
    /// Throws `ProjectUnusable` with all findings, `StoreError` when the state cannot be opened, `AccessError` for the master key,
    /// `TLSFault` for the certificate that callers are shown.
    package static func open(
        _ options: ServeOptions, logSink: @escaping @Sendable (String) -> Void = LogOutput.standardError
    ) async throws -> FootingServer {
        try await FootingServer(options, logSink: logSink)
    }

    private init(_ options: ServeOptions, logSink: @escaping @Sendable (String) -> Void) async throws {
        let clock = SystemClock()
        let ids = TimeOrderedIDs(clock: clock)
        let folder = options.projectFolder + "/footing"
        let served = FolderSnapshot(of: folder)
        let loaded = Project.load(folder: options.projectFolder, environment: options.environment)
        guard let project = loaded.project else { throw ProjectUnusable(findings: loaded.findings) }

        try PrivateFile.makeFolder(options.stateFolder)
        guard let lock = try StateLock.take(options.stateFolder, for: .serving) else {
            throw StoreError(
                .failed,
                "Another command is restoring the state or making it smaller: start again when it has ended.")
        }
        let store = try await StateStoreChoice(
            address: options.environment[StateStoreChoice.variable], file: options.stateFolder + "/state.db"
        ).open()
        let key = try MasterKey.load(folder: options.stateFolder, environment: options.environment[MasterKey.variable])
        let secrets = try EmbeddedSecretStore(folder: options.stateFolder, key: key, clock: clock)
        let output = LogOutput(scrubber: { secrets.currentScrubber() }, sink: logSink)
        let logger = Logger(label: "footing") {
            JSONLineHandler(label: $0, level: options.logLevel, clock: clock, output: output)
        }
        let tokens = TokenAuthority(store: store, ids: ids, clock: clock)
        _ = try await LocalToken.load(folder: options.stateFolder, authority: tokens)

        let group = MultiThreadedEventLoopGroup.singleton
        let client = HTTPClient(group: group)
        let live = LiveHub()
        let desk = DriftDesk(project: project, store: store, live: live, logger: logger, clock: clock)
        let ledger = Ledger(store: store, live: live, logger: logger, clock: clock, desk: desk)
        let endpoints = EndpointBook(secrets: secrets)
        let making = RouteMaking(
            environment: project.environment, timing: .firstRun, gates: ProviderGates(),
            endpoints: { endpoints.endpoint(of: $0, in: $1) },
            tallySlot: { ledger.slot(provider: $0, operation: $1) })
        let (table, contractFindings) = RouteTable.compile(project, making)
        let findings = loaded.findings + contractFindings
        guard !findings.contains(where: { $0.severity == .error }) else { throw ProjectUnusable(findings: findings) }

        let renderer = Renderer(folder: project.folder, clock: clock)
        let ground = TaskGround(
            store: store, book: RecipeBook(project: project), workspaceRoot: options.stateFolder + "/workspaces",
            clock: clock, ids: ids, logger: logger)
        ground.workspaces.changeQuotas(project.workspace)
        let tasks = TaskService(ground: ground)
        let node = ids.next("n_")
        let controls = ControlBoard(store: store, clock: clock, ids: ids)
        let unsettled = UnsettledWrites(store: store)
        var parts = CorridorParts(
            tokens: tokens, secrets: secrets, intents: store, client: client, sink: ledger, unsettled: unsettled,
            controls: controls, clock: clock, ids: ids, node: node)
        parts.deferral = TaskDeferral(tasks: tasks)
        let cache = parts.cache
        let corridor = Corridor(table: table, parts: parts, group: group)
        let engine = TaskEngine(
            ground: ground, calls: CorridorCallRunner(corridor: corridor, ids: ids), renderer: renderer,
            options: EngineOptions(concurrency: options.workers, reclaimAtStart: !store.isShared))
        let drain = Drain()
        let readiness = Readiness(drain: drain)
        let duties = NodeDuties(
            node: node, store: store, controls: controls, unsettled: unsettled,
            sharing: corridor.sharing(through: store), spending: corridor,
            keep: { corridor.routes.project.keep }, readiness: readiness, clock: clock, logger: logger,
            artifacts: ArtifactRetention(workspaces: ground.workspaces, store: store))

        let recognition = CallerRecognition(tokens: tokens)
        let signIn = SignInCodes(clock: clock)
        let proofs = ProofShelf(stateFolder: options.stateFolder)
        let score = Score(store: store, counter: ledger.counter, clock: clock, lastProof: { proofs.last })
        let report = ReloadReport()
        let operators = OperatorRoutes(
            recognition: recognition, corridor: corridor, store: store,
            overview: OverviewView(
                store: store, corridor: corridor, counter: ledger.counter, switches: controls, clock: clock),
            providers: ProviderView(
                store: store, secrets: secrets, counter: ledger.counter, switches: controls, clock: clock),
            score: score, tasks: tasks, signIn: signIn, report: report)
        let running = RunningProject(project, variables: options.environment, listen: options.listen)
        let faults = RecipeFaults()
        let reloader = Reloader<InventoryTree>(
            folder: folder, served: served,
            load: {
                let loaded = running.load()
                guard let project = loaded.project else { return .bad(loaded.findings) }
                var making = making
                making.timing = .now
                let (table, contractFindings) = RouteTable.compile(project, making)
                let recipes = RecipeBook.findings(project, renderer: renderer)
                let findings = loaded.findings + contractFindings + faults.judge(recipes)
                return findings.contains { $0.severity == .error }
                    ? .bad(findings) : .good(InventoryTree(table: table, recipes: recipes), warnings: findings)
            },
            adopt: { tree, files in
                let table = tree.table
                let before = corridor.routes.project
                corridor.swap(table)
                ground.book.update(table.project)
                ground.workspaces.changeQuotas(table.project.workspace)
                faults.adopt(tree.recipes)
                for name in InventoryChange(from: before, to: table.project, files: files).providers {
                    cache.purge(provider: name)
                }
                await desk.adopt(table.project)
            }, report: report, clock: clock, logger: logger)

        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        let allowed = AllowedMethods()
        router.add(middleware: ProblemMiddleware(ids: ids, allowed: allowed, logger: logger))
        if let folder = project.app?.folder { router.add(middleware: AppFiles(folder: folder, logger: logger)) }
        HealthRoutes(readiness: readiness).add(to: router)
        SessionRoutes(tokens: tokens, corridor: corridor, clock: clock).add(to: router)
        WriteRoutes(recognition: recognition, store: store, clock: clock, logger: logger).add(to: router)
        CallRoutes(recognition: recognition, corridor: corridor, tasks: tasks).add(to: router)
        TaskRoutes(recognition: recognition, tasks: tasks, clock: clock).add(to: router)
        FileRoutes(recognition: recognition, tasks: tasks).add(to: router)
        operators.add(to: router)
        SwitchRoutes(recognition: recognition, corridor: corridor, switches: controls, logger: logger).add(to: router)
        FaultRoutes(recognition: recognition, corridor: corridor, faults: controls, logger: logger).add(to: router)
        RecordingRoutes(recognition: recognition, corridor: corridor, clock: clock, logger: logger).add(to: router)
        InventoryRoutes(recognition: recognition, report: report).add(to: router)
        CacheRoutes(recognition: recognition, corridor: corridor, cache: cache, logger: logger).add(to: router)
        let drift = DriftRoutes(recognition: recognition, store: store, desk: desk, logger: logger)
        drift.add(to: router)
        LiveRoutes(recognition: recognition, operators: operators, drift: drift, live: live, clock: clock).add(
            to: router)
        ConsoleFiles(tokens: tokens, signIn: signIn).add(to: router)
        DescriptionRoutes().add(to: router)
        routes = router.methodsAndPaths
        allowed.learn(routes)
        let responder = router.buildResponder()

        let address = options.listen ?? project.listen
        var listening = ListenerOptions(host: address.host, port: address.port)
        let ending = DrainRules(
            DrainTimes(
                announce: options.drain.announce ?? project.drain.announce,
                deadline: options.drain.deadline ?? project.drain.deadline), project.environment)
        listening.drain = max(.seconds(1), ending.deadline - ending.announce - .seconds(2))
        listening.certificate = try project.tls.map { try ShownCertificate($0) }
        let listener = Listener(
            options: listening, group: group,
            acceptor: FrontDoor(corridor: corridor, bridge: ControlBridge(responder: responder, logger: logger)),
            date: { HTTPDate.text(clock.now()) }, logger: logger)
        drain.whenChanged { phase in
            if phase == .announced { listener.closeKept() }
        }

        self.project = project
        self.findings = findings
        self.address = address
        self.tokens = tokens
        self.signIn = signIn
        self.store = store
        self.lock = lock
        self.options = options
        self.clock = clock
        self.logger = logger
        self.client = client
        self.duties = duties
        self.drain = drain
        drainRules = ending
        self.listener = listener
        self.responder = responder
        var services: [any Service] = [
            duties, ledger, engine, RecipeCheck(project: project, renderer: renderer, faults: faults, logger: logger),
            Housekeeping(tokens: tokens, clock: clock, logger: logger),
            LiveTotals(operators: operators, live: live, hub: ground.hub, clock: clock),
            Reload(folder: folder, reloader: reloader, clock: clock), listener,
        ]
        if let certificate = listening.certificate {
            services.append(CertificateWatch(certificate: certificate, clock: clock, logger: logger))
        }
        if store.isShared {
            services.append(RemoteHints(ground: ground, store: store) { try? await controls.refresh() })
        }
        self.services = services
    }

    /// The routes alone; tests drive them in process.
    func application() -> Application<RouterResponder<ServerContext>> {
        Application(responder: responder, logger: logger)
    }

    /// Serves until SIGTERM or SIGINT, then ends in order.
    ///
    /// - Parameter onRunning: told the port once connections are accepted.
    package func run(onRunning: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
        defer {
            client.shutdown()
            // A file needs no closing, and commands may still look at it.
            if store.isShared { try? store.close() }
        }
        try await duties.begin()
        let port = try await listener.bind()
        logger.info("listening", metadata: ["host": "\(address.host)", "port": "\(port)"])
        await onRunning(port)
        let ending = ServerEnding()
        let drainage = DrainService(
            drainRules, drain: drain, inFlight: { listener.openExchanges },
            shutdown: { await ending.begin() }, endNow: { ending.now() }, clock: clock, logger: logger)
        let all: [any Service] = [drainage] + services
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: all.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) }, logger: logger))
        try await ending.run(group)
    }
}
