import Access
import ArgumentParser
import Inventory
import Logging
import NIOCore
import NIOPosix
import Server
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// `footing serve`: the server.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Start everything: app, gateway, tasks, console.",
        discussion: """
            One process on one port. State lies in .footing/ beside footing/; what was acknowledged survives a crash, and tasks \
            go on by themselves after the next start.

            On a terminal the addresses are shown, with a link that signs you in to the console. Log lines go to standard \
            error: readable on a terminal, JSON elsewhere.

            Examples:
              footing serve
              footing serve --listen 127.0.0.1:9000 --log-level debug
            Next, in another terminal: footing task new RECIPE key=value --watch
            """)

    @Option(help: ArgumentHelp("Listen there instead of where footing.yaml says.", valueName: "host:port"))
    var listen: ListenOption?

    @Option(help: "trace, debug, info, notice, warning, error or critical.")
    var logLevel: LogLevelOption = LogLevelOption(level: .info)

    @Option(
        help: ArgumentHelp(
            "Event loops, each on a thread of its own; as many as there are cores unless given.", valueName: "number"))
    var loops: Int?

    @Option(
        help: ArgumentHelp(
            "When told to end, still take requests for this long while /readyz says so. (default: drain.announce)",
            valueName: "time"))
    var drainAnnounce: TimeSpan?

    @Option(
        help: ArgumentHelp(
            "When told to end, be over after this long in any case. (default: drain.deadline)", valueName: "time"))
    var drainDeadline: TimeSpan?

    @Flag(help: "Do not greet on the terminal.")
    var quiet = false

    @OptionGroup var project: ProjectOptions

    func validate() throws {
        if let loops, !(1...256).contains(loops) { throw ValidationError("--loops must be from 1 to 256") }
        if let announce = drainAnnounce?.duration, let deadline = drainDeadline?.duration, announce >= deadline {
            throw ValidationError("--drain-announce must be shorter than --drain-deadline")
        }
    }

    func run() async throws {
        let folder = try project.folder()
        if let loops { NIOSingletons.groupLoopCountSuggestion = loops }
        let server: FootingServer
        do {
            server = try await FootingServer.open(
                ServeOptions(
                    projectFolder: folder.path, environment: Environment.forProject, listen: listen?.address,
                    logLevel: logLevel.level,
                    drain: DrainTimes(announce: drainAnnounce?.duration, deadline: drainDeadline?.duration)),
                logSink: ReadableLog.sink(for: .errors))
        } catch let unusable as ProjectUnusable {
            Terminal.errors.lines(CheckReport(project: nil, findings: unusable.findings).lines(on: .errors))
            throw Failure.said(.findings)
        }
        let isAnnounced = Mutex(false)
        // Never another server's: one that cannot listen has written nothing.
        defer {
            if isAnnounced.withLock({ $0 }) {
                Files.remove(folder.addressFile)
                Files.remove(folder.certificateFile)
            }
        }
        do {
            try await server.run { port in
                let listen = ListenAddress(host: server.address.host, port: port)
                let origin = ServerAddress.local(listen, isSecure: server.project.tls != nil)
                try? Files.write(Array("\(origin)\n".utf8), to: folder.addressFile, mode: 0o600)
                if let shown = server.project.tls?.certificate, let bytes = try? Files.read(shown, limit: 1 << 20) {
                    try? Files.write(bytes, to: folder.certificateFile, mode: 0o600)
                }
                isAnnounced.withLock { $0 = true }
                guard !quiet, Terminal.output.isTerminal else { return }
                let code = await server.signIn.issue().text
                let greeting = Greeting(
                    project: server.project, origin: origin, code: code, state: folder.state,
                    warnings: server.findings.count)
                Terminal.output.lines(greeting.lines(on: .output))
            }
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw Failure(
                .failed, "\(server.address) is taken by another program",
                advice: "footing serve --listen \(server.address.host):\(server.address.port + 1)")
        } catch let error as IOError {
            throw Failure(.failed, "\(server.address) cannot be listened at", evidence: ["\(error)"])
        }
    }
}
