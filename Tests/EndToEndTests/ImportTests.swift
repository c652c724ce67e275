import Contracts
import Foundation
import Testing

/// A description becomes a provider that works, and whose answers are checked.
@Suite("Imports, end to end", .serialized)
struct ImportTests {
    private static func description(rent: String) -> String {
        """
        openapi: 3.0.3
        info: { title: Rents, version: "1" }
        servers: [{ url: "https://rents.example.com" }]
        security: [{ key: [] }]
        paths:
          /v1/rents/{area}:
            get:
              operationId: getRent
              parameters: [{ name: area, in: path, required: true, schema: { type: string, pattern: "^[a-z-]+$" } }]
              responses:
                "200": { description: ok, content: { application/json: { schema: { $ref: "#/components/schemas/Rent" } } } }
                "404": { description: unknown }
        components:
          securitySchemes: { key: { type: http, scheme: bearer } }
          schemas:
            Rent:
              type: object
              required: [area, median_rent]
              properties:
                area: { $ref: "#/components/schemas/Area" }
                median_rent: { type: \(rent) }
            Area: { type: object, required: [id], properties: { id: { type: string } } }
        """
    }

    @Test("an imported provider answers through the corridor; an answer that breaks its description is refused")
    func works() async throws {
        let playground = try Playground()
        try await playground.setSecrets()
        let vendors = try await playground.startVendors()
        let file = playground.folder.appending(path: "rents.openapi.yaml")
        try Self.description(rent: "number").write(to: file, atomically: true, encoding: .utf8)
        let command = [
            "import", "openapi", file.path, "--provider", "imported", "--sandbox",
            "http://127.0.0.1:\(playground.vendorPorts[2])", "--secret", "rents-key",
        ]
        let dry = try await playground.footing(command + ["--dry-run"])
        #expect(dry.status == 0, "\(dry.output)")
        let provider = playground.folder.appending(path: "footing/providers/imported.yaml").path
        #expect(!FileManager.default.fileExists(atPath: provider))
        let first = try await playground.footing(command)
        #expect(first.status == 0, "\(first.output)")
        #expect(first.output.contains("imported: 1 operation added"), "\(first.output)")
        let check = try await playground.footing(["check"])
        #expect(check.status == 0, "\(check.output)")

        var server = try await playground.startServer()
        let web = Web(port: playground.port, token: try await playground.token(["call:imported.*", "admin"]))
        let answer = try await web.get("/p/imported/v1/rents/wedding")
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.json["area"]?["id"] == "wedding", "\(answer.text)")
        let input = try await web.get("/p/imported/v1/rents/WEDDING")
        #expect(input.status == 400, "\(input.text)")
        #expect(input.json["code"] == "input_invalid", "\(input.text)")
        let proposal = try await playground.footing(
            ["import", "calls", "--provider", "imported", "--operation", "get-rent"])
        #expect(proposal.status == 0, "\(proposal.output)")
        let proposed = playground.folder.appending(path: "footing/contracts/proposed/imported.get-rent.answer.json")
        let schema = try JSONValue.parse(Array(Data(contentsOf: proposed)))
        #expect(schema["properties"]?["median_rent"] == ["type": "number"], "\(schema)")
        server.kill(SIGTERM)
        try await server.ended()

        // The description changes: rents are text now, which the vendor does not keep to.
        try Self.description(rent: "string").write(to: file, atomically: true, encoding: .utf8)
        let again = try await playground.footing([
            "import", "openapi", file.path, "--provider", "imported",
        ])
        #expect(again.status == 0, "\(again.output)")
        #expect(again.output.contains("2 files changed"), "\(again.output)")
        server = try await playground.startServer()
        let drifted = try await web.get("/p/imported/v1/rents/wedding")
        #expect(drifted.status == 502, "\(drifted.text)")
        #expect(drifted.json["code"] == "contract_broken", "\(drifted.text)")
        try await eventually("the drift is kept") {
            let found = try await web.get("/v1/providers/imported").json["drift"]?.arrayValue ?? []
            return found.contains { $0["pointer"] == "/median_rent" } ? true : nil
        }
        server.kill(SIGTERM)
        try await server.ended()
        vendors.kill(SIGTERM)
    }

    @Test("an import that would break the project writes nothing and says why")
    func allOrNothing() async throws {
        let playground = try Playground()
        let file = playground.folder.appending(path: "rents.openapi.yaml")
        try Self.description(rent: "number").write(to: file, atomically: true, encoding: .utf8)
        let proxy = playground.folder.appending(path: "footing/providers/other.yaml")
        try """
        provider: twin
        environments: { sandbox: { url: "http://127.0.0.1:1" } }
        operations:
          a: { method: GET, path: /a }
        """.write(to: proxy, atomically: true, encoding: .utf8)
        let result = try await playground.footing(["import", "openapi", file.path, "--provider", "twin"])
        #expect(result.status == 3, "\(result.output)")
        #expect(result.output.contains("Nothing was written"), "\(result.output)")
        let footing = playground.folder.appending(path: "footing").path
        #expect(!FileManager.default.fileExists(atPath: footing + "/providers/twin.yaml"))
        #expect(!FileManager.default.fileExists(atPath: footing + "/contracts/twin"))
        let settings = try String(contentsOfFile: footing + "/footing.yaml", encoding: .utf8)
        #expect(!settings.contains("twin-key"))
    }
}
