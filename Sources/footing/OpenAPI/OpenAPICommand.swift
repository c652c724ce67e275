import ArgumentParser
import Contracts
import Server

/// `footing openapi`: the HTTP API described for programs.
struct OpenAPICommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openapi", abstract: "Print the description of the HTTP API (OpenAPI 3.1).",
        discussion: """
            The same document as a running server's /openapi.json.

            Example:
              footing openapi > footing.openapi.json
            """)

    func run() {
        Terminal.output.line(OpenAPIDocument.json.pretty())
    }
}
