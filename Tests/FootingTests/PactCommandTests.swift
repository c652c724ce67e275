import Access
import ArgumentParser
import Contracts
import Crypto
import Gateway
import Inventory
import NIOPosix
import Pact
import Store
import TestSupport
import Testing

@testable import footing

@Suite("Pacts over real sockets")
struct PactCommandTests {
    private static func file(_ text: String) throws -> PactFile {
        try PactFileReader.read(Array(text.utf8))
    }

    private static let pact = """
        {"consumer": {"name": "shop"}, "provider": {"name": "rents"}, "interactions": [
          {"description": "a rent",
           "request": {"method": "GET", "path": "/v1/rents/ä b", "query": {"unit": ["m2"]},
                       "headers": {"Authorization": "Bearer vendor-secret-1", "Accept": "application/json"}},
           "response": {"status": 200, "headers": {"Set-Cookie": ["a=1", "b=2"], "Vary": "accept, origin"},
                        "body": {"rent": 12.5, "echo": "vendor-secret-1"},
                        "matchingRules": {"body": {"$.rent": {"matchers": [{"match": "decimal"}]},
                                                   "$.echo": {"matchers": [{"match": "type"}]}}}}},
          {"description": "a watch",
           "request": {"method": "POST", "path": "/v1/watches", "body": {"area": "mitte"},
                       "headers": {"Authorization": "Bearer vendor-secret-1", "Content-Type": "application/json"}},
           "response": {"status": 201}}
        ], "metadata": {"pactSpecification": {"version": "3.0.0"}}}
        """

    /// Runs a mock on a free port while the body runs.
    private func serving<Result: Sendable>(
        _ server: PactMockServer, _ body: @escaping @Sendable (ServiceURL) async throws -> Result
    ) async throws -> Result {
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try? await server.run(ListenAddress(host: "127.0.0.1", port: 0)) { told.yield($0) }
                return nil
            }
            group.addTask {
                for await port in ports {
                    return try await body(ServiceURL(scheme: .http, host: "127.0.0.1", port: port))
                }
                return nil
            }
            defer { group.cancelAll() }
            for try await result in group { if let result { return result } }
            throw Failure(.failed, "the mock did not listen")
        }
    }

    @Test("a mock keeps the pact it acts by, and says so at the end")
    func mockAgainstVerifier() async throws {
        let file = try Self.file(Self.pact)
        let server = PactMockServer(PactMock(file), clock: ManualClock())
        let cases = try await serving(server) { url in
            let sender = PactSender(.address(url), client: HTTPClient(group: MultiThreadedEventLoopGroup.singleton))
            let stage = PactReplay.Stage { try await sender.send($0) }
            var replay = PactReplay(file, stage: stage, ground: PactGround(milliseconds: 0))
            return await replay.run()
        }
        #expect(cases.map(\.faults) == [[], []])
        #expect(server.cases.map(\.verdict) == [.passed, .passed])
    }

    @Test("a provider of the inventory is asked with its own secret, and what it echoes of it is not shown")
    func probe() async throws {
        let file = try Self.file(Self.pact)
        let shown = try Self.file(
            Self.pact.replacing("Bearer vendor-secret-1", with: "Bearer of the pact")
                .replacing(
                    "{\"match\": \"type\"}", with: "{\"match\": \"regex\", \"regex\": \"\\\\[secret rents-key\\\\]\"}"))
        let server = PactMockServer(PactMock(file), clock: ManualClock())
        let folder = try TemporaryFolder()
        let key = MasterKey(key: SymmetricKey(size: .bits256), origin: "test")
        let secrets = try EmbeddedSecretStore(folder: folder.path, key: key, clock: ManualClock())
        _ = try await secrets.set("rents-key", "vendor-secret-1")
        let cases = try await serving(server) { url in
            let provider = Provider(
                name: "rents", environments: [.sandbox: ProviderEnvironment(url: url)], auth: .bearer("rents-key"))
            let client = HTTPClient(group: MultiThreadedEventLoopGroup.singleton)
            let probe = try #require(
                ProviderProbe(provider, in: .sandbox, secrets: secrets, client: client, clock: ManualClock()))
            #expect(
                ProviderProbe(provider, in: .production, secrets: secrets, client: client, clock: ManualClock()) == nil)
            let sender = PactSender(.provider(probe), client: client)
            let stage = PactReplay.Stage { try await sender.send($0) }
            var replay = PactReplay(shown, stage: stage, ground: PactGround(milliseconds: 0))
            return await replay.run()
        }
        #expect(cases.map(\.faults) == [[], []])
    }

    @Test("commands that cannot be meant are refused")
    func arguments() {
        #expect(throws: (any Error).self) { try Footing.parseAsRoot(["pact", "verify", "f", "--env", "test"]) }
        #expect(throws: (any Error).self) {
            try Footing.parseAsRoot(["pact", "verify", "f", "--url", "http://a", "--provider", "b"])
        }
        #expect(throws: (any Error).self) { try Footing.parseAsRoot(["import", "pact", "--provider", "rents"]) }
        #expect(throws: (any Error).self) { try Footing.parseAsRoot(["pact", "mock", "f", "--listen", "nowhere"]) }
    }

    @Test("a pact is imported as other documents are: tried first, then written whole, and nothing the second time")
    func imported() throws {
        let folder = try TemporaryFolder()
        try Files.makeFolders(of: folder.file("footing/footing.yaml"))
        try Files.write(Array("project: try\nenvironment: sandbox\n".utf8), to: folder.file("footing/footing.yaml"))
        try Files.write(Array(Self.pact.utf8), to: folder.file("pact.json"))
        let words = [
            "import", "pact", folder.file("pact.json"), "--provider", "rents", "--sandbox", "http://127.0.0.1:9001",
            "--project", folder.path,
        ]
        func run(_ words: [String]) throws {
            let command = try #require(try Footing.parseAsRoot(words) as? ImportPact)
            try command.run()
        }
        try run(words + ["--dry-run"])
        #expect(!Files.exists(folder.file("footing/providers/rents.yaml")))
        try run(words)
        let written = try Files.read(folder.file("footing/providers/rents.yaml"))
        let text = String(decoding: written, as: UTF8.self)
        #expect(text.contains("post-v1-watches:") && !text.contains("vendor-secret-1"))
        let loaded = Project.load(folder: folder.path, environment: [:])
        let provider = try #require(loaded.project?.provider(named: "rents"))
        #expect(loaded.errors.isEmpty)
        #expect(provider.auth == .bearer("rents-key"))
        #expect(provider.operation(named: "post-v1-watches")?.examples.map(\.name) == ["example"])
        try run(words)
        #expect(try Files.read(folder.file("footing/providers/rents.yaml")) == written)
    }
}
