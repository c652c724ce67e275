import Access
import ArgumentParser
import Contracts
import Gateway
import Inventory
import NIOPosix
import Pact
import Store

/// `footing pact verify`: does the provider answer as its consumer needs?
struct PactVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Replay a pact's interactions against the provider.",
        discussion: """
            Every request of the pact is sent once, signed with the provider's own secret, and the answer is compared as Pact \
            does: by the matching rules where there are some, by the example elsewhere; members and fields that the pact \
            does not name may come too. In production only requests that read are sent.

            A pact may need the provider in some state. --state-url is asked before each interaction, once for each state, \
            with {"action": "setup", "state": ..., "params": {...}}; what it answers as JSON is there for generated values.

            Examples:
              footing pact verify orders-rents.json --provider rents
              footing pact verify orders-rents.json --url http://127.0.0.1:9000 --state-url http://127.0.0.1:9000/states
              footing pact verify orders-rents.json --provider rents --junit pact.xml
            Next: footing pact check compares the pact with the inventory's contracts.
            """)

    @Argument(help: ArgumentHelp("The Pact file.", valueName: "file"))
    var file: String

    @Option(
        help: ArgumentHelp(
            "The provider in the inventory. (default: the pact's own, if it is there)", valueName: "name"))
    var provider: String?

    @Option(help: ArgumentHelp("sandbox or production. (default: sandbox)", valueName: "environment"))
    var env: String = EnvironmentName.sandbox.rawValue

    @Option(help: ArgumentHelp("Verify what answers there, and not a provider of the inventory.", valueName: "url"))
    var url: String?

    @Option(help: ArgumentHelp("Who sets up provider states.", valueName: "url"))
    var stateURL: String?

    @Flag(help: "Tell --state-url too when an interaction is over.")
    var teardown = false

    @Option(help: ArgumentHelp("Who makes the messages of the pact; without it they are unproven.", valueName: "url"))
    var messageURL: String?

    @OptionGroup var report: ProofOptions
    @OptionGroup var project: ProjectOptions

    func validate() throws {
        guard EnvironmentName(rawValue: env) != nil else { throw ValidationError("--env is sandbox or production.") }
        guard url == nil || provider == nil else { throw ValidationError("Give --provider or --url, not both.") }
    }

    func run() async throws {
        let pact = try PactFile.read(path: file)
        let client = HTTPClient(group: MultiThreadedEventLoopGroup.singleton)
        let clock = SystemClock()
        let sender = PactSender(try target(pact, client, clock), client: client)
        var stage = PactReplay.Stage { try await sender.send($0) }
        try setHooks(&stage, pact, client)
        let ground = PactGround(milliseconds: clock.now().milliseconds, serverURL: url)
        var replay = PactReplay(pact, stage: stage, ground: ground)
        let started = clock.now().description
        let cases = await replay.run()
        try report.tell(
            ProofReport(title: "pact verify", started: started, environment: url == nil ? env : nil, cases: cases))
    }

    private func target(_ pact: PactFile, _ client: HTTPClient, _ clock: SystemClock) throws -> PactSender.Target {
        if let url { return .address(try ServerAddress.parse(url)) }
        let folder = try project.folder()
        let loaded = try folder.load()
        let name = provider ?? pact.provider
        let declared = try loaded.known(name, advice: "name one with --provider, or an address with --url")
        let environment = EnvironmentName(rawValue: env) ?? .sandbox
        guard
            let probe = ProviderProbe(
                declared, in: environment, secrets: try LocalState(folder: folder).secrets(), client: client,
                clock: clock)
        else {
            throw Failure(
                .notFound, "The provider \(name) has no address in \(env)", advice: "add it to \(declared.file)")
        }
        return .provider(probe)
    }

    private func setHooks(_ stage: inout PactReplay.Stage, _ pact: PactFile, _ client: HTTPClient) throws {
        if url == nil, env == EnvironmentName.production.rawValue {
            stage.refusal = { request in
                return Risk.usual(of: request.method.uppercased()) == .read
                    ? nil : "only requests that read are sent in production"
            }
        }
        if let address = try stateURL.map({ try ServerAddress.parse($0) }) {
            stage.setUp = { state in
                let answer = try await PactSender.post(Self.json(state, "setup", pact), to: address, client)
                return answer.content.body.bytes.flatMap { try? JSONValue.parse($0).objectValue } ?? [:]
            }
            if teardown {
                stage.tearDown = { _ = try await PactSender.post(Self.json($0, "teardown", pact), to: address, client) }
            }
        }
        if let address = try messageURL.map({ try ServerAddress.parse($0) }) {
            stage.message = { interaction in
                let states = interaction.states.map { state -> JSONValue in
                    ["name": .string(state.name), "params": .object(state.parameters)]
                }
                let question: JSONValue = [
                    "description": .string(interaction.description), "providerStates": .array(states),
                ]
                return PactMessage(received: try await PactSender.post(question, to: address, client))
            }
        }
    }

    private static func json(_ state: PactState, _ action: String, _ pact: PactFile) -> JSONValue {
        [
            "consumer": .string(pact.consumer), "provider": .string(pact.provider), "state": .string(state.name),
            "params": .object(state.parameters), "action": .string(action),
        ]
    }
}
