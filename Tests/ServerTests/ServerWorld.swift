import Access
import Hummingbird
import HummingbirdTesting
import Inventory
import Logging
import TestSupport

@testable import Server

/// A server on a small project in a temporary folder, driven in process.
struct ServerWorld {
    let folder: TemporaryFolder
    let server: FootingServer

    /// - Parameters:
    ///   - environment: as `FOOTING_ENV` would say it.
    ///   - database: as `FOOTING_DATABASE_URL` would.
    init(environment: String? = nil, database: String? = nil, workers: Int = 16) async throws {
        folder = try TemporaryFolder()
        try folder.write(
            "footing/footing.yaml",
            """
            project: test
            app: { folder: ../app }
            browser: { scopes: ["task:echo"], ttl: 1h }
            secrets:
              rents-key: {}
            """)
        try folder.write(
            "footing/providers/rents.yaml",
            """
            provider: rents
            environments:
              sandbox: { url: "http://127.0.0.1:9" }
              production: { url: "http://127.0.0.1:9" }
            auth: { bearer: rents-key }
            operations:
              get: { method: GET, path: "/v1/rents/{area}" }
            """)
        try folder.write(
            "footing/recipes/echo.yaml",
            """
            recipe: echo
            title: Echo
            input: { type: object, required: [word], properties: { word: { type: string } } }
            steps:
              - name: echo
                transform: "{word: .input.word}"
            """)
        try folder.write("app/index.html", "<h1>The app</h1>")
        try folder.write("app/.env", "KEY=hidden")
        var variables: [String: String] = [:]
        variables["FOOTING_ENV"] = environment
        variables["FOOTING_DATABASE_URL"] = database
        server = try await FootingServer.open(
            ServeOptions(
                projectFolder: folder.path, environment: variables, listen: ListenAddress(host: "127.0.0.1", port: 0),
                logLevel: .critical, workers: workers), logSink: { _ in })
    }

    func token(_ scopes: [String]) async throws -> String {
        try await server.tokens.issue(name: "test", scopes: scopes).text
    }
}
